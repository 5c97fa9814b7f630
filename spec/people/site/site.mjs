// Tests build/site, for `make test-site`: every link by reading the pages; then pages, the width of
// code, the filter and the search in a headless Chromium, which can reach only the server here.
// usage: node spec/people/site/site.mjs FOLDER PACKAGES

import { createServer } from "node:http";
import { createRequire } from "node:module";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { extname, join, resolve } from "node:path";

const FOLDER = resolve(process.argv[2]);
const { chromium } = createRequire(resolve(process.argv[3]) + "/")("playwright-core");

const PAGES = ["index", "pages", "reference/operations", "start/command", "how-to/resume-many", "how-to/credentials",
  "explanation/design", "explanation/performance", "reference/errors", "reference/options",
  "reference/waiters", "reference/command", "reference/operations/zego/media",
  "reference/modules/streamctl.batch"];
const SEARCHES = [["index", "outcome_unknown", "/reference/errors.html#outcome_unknown"],
  ["index", "describe_rtc_stream_state",
    "/reference/operations/zego/media.html#describe_rtc_stream_state"],
  ["index", "DescribeRTCStreamState",
    "/reference/operations/zego/media.html#describe_rtc_stream_state"]];
if (existsSync(join(FOLDER, "zh"))) {
  PAGES.push("zh/index", "zh/resume-many");
  SEARCHES.push(["zh/index", "凭证", "/zh/credentials.html"], ["zh/index", "转推", "/zh/relays.html"],
    ["zh/index", "outcome_unknown", "/reference/errors.html#outcome_unknown"],
    ["zh/index", "ResumeRTCStreams",
      "/reference/operations/zego/media.html#resume_rtc_streams"]);
}
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css",
  ".svg": "image/svg+xml", ".json": "application/json" };

let passed = 0;
const failed = [];
function check(ok, what) { if (ok) passed++; else failed.push(what); }

// ---- links ----

const html = readdirSync(FOLDER, { recursive: true }).filter((file) => file.endsWith(".html"));
const texts = Object.fromEntries(html.map((file) => [file, readFileSync(join(FOLDER, file), "utf8")]));
const ids = Object.fromEntries(html.map((file) =>
  [file, new Set([...texts[file].matchAll(/ id="([^"]+)"/g)].map(([, id]) => id))]));
const plain = (text) => text.replace(/&(amp|quot|#39);/g, (_, name) =>
  ({ amp: "&", quot: '"', "#39": "'" })[name]);

let links = 0;
for (const file of html.filter((name) => name !== "404.html")) {
  const words = texts[file].replace(/<(code|script|style)[^>]*>.*?<\/\1>/gs, "");
  if (/\*\*|\]\(/.test(words)) failed.push(`${file}: Markdown that was not read as such`);
  for (const [, found] of texts[file].matchAll(/ (?:href|src)="([^"]+)"/g)) {
    const url = new URL(plain(found), `http://site/${file}`);
    if (url.host !== "site") continue;
    const path = decodeURIComponent(url.pathname).slice(1).replace(/(^|\/)$/, "$1index.html");
    const anchor = decodeURIComponent(url.hash.slice(1));
    links++;
    if (!existsSync(join(FOLDER, path))) failed.push(`${file}: ${found} is not there`);
    else if (anchor && !ids[path]?.has(anchor)) failed.push(`${file}: ${found} has no such anchor`);
  }
}
check(html.length > 100 && links > 5000, `only ${html.length} pages with ${links} links`);

// The home page shows the recorded run and leads to a promise each.
const home = texts["index.html"].replace(/<[^>]*>/g, (tag) => (/^<(a|h)/.test(tag) ? tag : ""));
for (const line of readFileSync("tools/site/run.txt", "utf8").trimEnd().split("\n")) {
  check(plain(home).includes(line), `the home page does not show: ${line}`);
}
const promises = new Set(texts["index.html"].match(/explanation\/promises\.html#\w+/g));
check(promises.size === 8, `the home page has ${promises.size} promises, not 8`);

// ---- in a browser ----

const server = createServer((request, response) => {
  const path = decodeURIComponent(new URL(request.url, "http://site").pathname);
  const file = join(FOLDER, path.endsWith("/") ? path + "index.html" : path);
  const found = file.startsWith(FOLDER) && existsSync(file);
  response.writeHead(found ? 200 : 404, { "content-type": TYPES[extname(file)] ?? "text/plain" });
  response.end(found ? readFileSync(file) : "");
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const origin = `http://127.0.0.1:${server.address().port}`;
const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find(existsSync);
const browser = await chromium.launch({ executablePath, args: FLAGS });

// Opens a page, and notes what it says on the console and what it asks others for.
async function open(page, options) {
  const context = await browser.newContext(options);
  const tab = await context.newPage();
  tab.setDefaultTimeout(30000);
  tab.on("console", (message) => {
    if (message.type() === "error") failed.push(`${page}: console: ${message.text()}`);
  });
  tab.on("pageerror", (error) => failed.push(`${page}: ${error.message}`));
  await context.route((url) => url.protocol !== "data:" && url.origin !== origin, (route) => {
    failed.push(`${page} asks for ${route.request().url()}`);
    return route.abort();
  });
  await tab.goto(`${origin}/${page}.html`, { waitUntil: "networkidle" });
  return { tab, context };
}

try {
  for (const page of PAGES) {
    for (const width of [1280, 390]) {
      const { tab, context } = await open(page, { viewport: { width, height: 900 } });
      const [wide, room, title, broken] = await tab.evaluate(() => {
        const root = document.documentElement;
        return [root.scrollWidth, root.clientWidth, document.querySelector("h1")?.innerText,
          [...document.images].filter((image) => !image.naturalWidth).map((image) => image.src)];
      });
      check(wide <= room, `${page} at ${width}: ${wide} pixels wide`);
      check(title, `${page} at ${width}: no title`);
      check(!broken[0], `${page} at ${width}: no picture ${broken}`);
      await context.close();
    }
  }
  const written = html.filter((name) => !/^(404|reference\/modules)/.test(name)
    && texts[name].includes("<pre"));
  const code = await open("index", { viewport: { width: 1280, height: 900 } });
  for (const name of written) {
    await code.tab.goto(`${origin}/${name}`, { waitUntil: "load" });
    const cut = await code.tab.evaluate(() => [...document.querySelectorAll("pre")]
      .filter((block) => block.scrollWidth > block.clientWidth).map((block) => block.innerText));
    check(!cut[0], `${name} at 1280: code is wider than its box:\n${cut[0]}`);
  }
  await code.context.close();

  const sidebar = await open("how-to/install", { viewport: { width: 1280, height: 900 } });
  const titles = await sidebar.tab.locator(".VPSidebarItem.level-0 h2").allInnerTexts();
  const wanted = [...readFileSync("docs/README.md", "utf8").matchAll(/^## (.*)/gm)].map(
    ([, title]) => title);
  check(titles.join() === wanted.join(), `the sidebar has ${titles}, not ${wanted}`);
  await sidebar.context.close();

  const list = await open("reference/operations", { viewport: { width: 1280, height: 900 } });
  const rows = list.tab.locator(".vp-doc tbody tr:visible");
  const all = await rows.count();
  check(all === 503, `the table has ${all} operations, not 503`);
  for (const [words, only] of [["ResumeRTCStreams", "resume_rtc_streams"],
    ["casters create limits", "create_caster"]]) {
    await list.tab.fill(".filter input", words);
    const names = await rows.locator("td:first-child code").allInnerTexts();
    check(names.join() === only, `the filter ${words} shows ${names.slice(0, 5)}, not ${only}`);
  }
  await list.tab.fill(".filter input", "");
  check(await rows.count() === all, "an empty filter does not show all");
  await list.context.close();

  for (const [page, words, wanted] of SEARCHES) {
    const { tab, context } = await open(page, { viewport: { width: 1280, height: 900 } });
    await tab.keyboard.press("Control+k");
    await tab.fill(".search-input", words);
    const first = tab.locator(".results .result").first();
    const link = await first.getAttribute("href").catch(() => "nothing");
    check(link.startsWith(wanted), `a search for ${words} finds ${link}, not ${wanted}`);
    await context.close();
  }
  const { tab, context } = await open("index", { colorScheme: "light" });
  const colour = () => tab.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await colour();
  await tab.locator(".VPSwitchAppearance").first().evaluate((button) => button.click());
  check(light !== await colour(), "the switch does not make the page dark");
  await context.close();
} finally {
  await browser.close();
  server.close();
}

if (failed[0]) console.log([...new Set(failed)].slice(0, 50).join("\n"));
console.log(`${html.length} pages, ${links} links\n${passed} passed, ${failed.length} failed`);
process.exitCode = failed.length > 0 ? 1 : 0;
