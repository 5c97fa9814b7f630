// The site: Markdown that `make site` put into src/ (tools/types/site.lua), and how it is shown.

import { existsSync, readFileSync } from "node:fs";
import { defineConfig } from "vitepress";

const SRC = new URL("../src/", import.meta.url);
const { repository, sections, chinese } = JSON.parse(
  readFileSync(new URL("sidebar.json", SRC)),
  // Lua writes the fields of an object in any order; here each object has one order of fields.
  (_, value) => (value.text ? (({ text, link, items, collapsed }) =>
    ({ text, link, items, collapsed }))(value) : value));

// Words, their parts between underscores, and pairs of Chinese signs, which have no blanks between.
function tokenize(text) {
  const tokens = [];
  for (const [word] of text.matchAll(/\p{sc=Han}+|(?:(?!\p{sc=Han})[\p{L}\p{N}_])+/gu)) {
    if (!/\p{sc=Han}/u.test(word)) {
      tokens.push(word, ...(word.includes("_") ? word.split("_").filter(Boolean) : []));
    } else {
      for (let i = 0; i < Math.max(word.length - 1, 1); i++) tokens.push(word.slice(i, i + 2));
    }
  }
  return tokens;
}

// VitePress has a search index for each language. `make site` puts the Chinese pages into a folder
// that VitePress takes for English, so that one index has all pages; both languages use that index.
const ONE_INDEX = {
  name: "one-index",
  transform: (code, id) => (id === "/@localSearchIndex"
    ? code.replace(/"root": (.*)}/, '"root": $1, "zh": $1}') : null),
};

// A search from Chinese pages prefers those, other searches leave them out. The browser runs this.
const boostDocument = (id) =>
  (!id.includes("/zh/") ? 1 : location.pathname.includes("/zh/") ? 2 : 0);

// Headings have the anchors that they have in the repository.
const slugify = (text) =>
  text.trim().toLowerCase().replace(/[^\p{L}\p{N}_ -]/gu, "").replace(/ /g, "-");

const SEARCH_ZH = {
  button: { buttonText: "搜索", buttonAriaLabel: "搜索" },
  modal: { displayDetails: "显示详情", resetButtonTitle: "清除", backButtonTitle: "关闭",
    noResultsText: "没有找到", footer: { selectText: "选择", navigateText: "切换", closeText: "关闭" } },
};

const ZH = {
  sidebar: [{ text: "中文文档", link: "/zh/" }, ...chinese],
  nav: [{ text: "GitHub", link: repository }],
  outline: { label: "本页目录" }, docFooter: { prev: "上一页", next: "下一页" },
  darkModeSwitchLabel: "主题", lightModeSwitchTitle: "浅色", darkModeSwitchTitle: "深色",
  sidebarMenuLabel: "菜单", returnToTopLabel: "回到顶部", langMenuLabel: "语言",
  skipToContentLabel: "跳到正文",
  notFound: { title: "没有这个页面", quote: "", linkText: "回到首页", linkLabel: "回到首页" },
};

export default defineConfig({
  title: "streamctl",
  description: "Control live streams at Alibaba Cloud ApsaraVideo Live and ZEGOCLOUD",
  base: process.env.SITE_BASE ?? "/",
  srcDir: "src", outDir: "../site", metaChunk: true, rewrites: { "chinese/:page": "zh/:page" },
  buildConcurrency: 1, // pages are indexed in their order, so that two builds have the same bytes
  vite: { build: { chunkSizeWarningLimit: 2000 }, plugins: [ONE_INDEX] },
  head: [["link", { rel: "icon", href: "data:," }]],
  markdown: { anchor: { slugify } },
  locales: {
    root: { label: "English", lang: "en" },
    ...(existsSync(new URL("chinese/index.md", SRC))
      && { zh: { label: "简体中文", lang: "zh-CN", link: "/zh/", themeConfig: ZH } }),
  },
  themeConfig: {
    i18nRouting: false, outline: { level: [2, 3] },
    nav: [{ text: "All pages", link: "/pages" },
      { text: "Operations", link: "/reference/operations" }, { text: "GitHub", link: repository }],
    sidebar: sections,
    search: { provider: "local", options: {
      miniSearch: { options: { tokenize }, searchOptions: { boostDocument } },
      locales: { zh: { translations: SEARCH_ZH } },
    } },
  },
});
