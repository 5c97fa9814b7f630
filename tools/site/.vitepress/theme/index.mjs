import theme from "vitepress/theme-without-fonts";
import OperationFilter from "./OperationFilter.vue";
import "./style.css";

export default {
  extends: theme,
  enhanceApp: ({ app }) => app.component("OperationFilter", OperationFilter),
};
