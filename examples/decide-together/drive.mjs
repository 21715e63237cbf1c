// Fills in the page of a decision aid by keyboard in a headless Chromium, and fails if something about the page is wrong:
// a rule of accessibility broken, an error in the console, a request elsewhere, text that runs off a narrow screen.
//
//     npm install && node drive.mjs ADDRESS [PICTURE.png]
//
// ADDRESS is what `cargo run --release --bin decide-together -- --wait` prints. The browser is the one that PRM_CHROMIUM names,
// or /usr/bin/chromium.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const [address, picture] = process.argv.slice(2);
if (!address) {
  console.error("usage: node drive.mjs ADDRESS [PICTURE.png]");
  process.exit(2);
}

const wrong = [];
const browser = await chromium.launch({
  executablePath: process.env.PRM_CHROMIUM ?? "/usr/bin/chromium",
  // Chromium as root, as in containers, runs without its sandbox alone.
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
});
const page = await browser.newPage({ viewport: { width: 1000, height: 900 } });
const origin = new URL(address).origin;
page.on("request", (request) => {
  if (new URL(request.url()).origin !== origin) wrong.push(`a request to ${request.url()}`);
});
page.on("console", (message) => {
  if (message.type() === "error") wrong.push(`the console: ${message.text()}`);
});
page.on("pageerror", (error) => wrong.push(`the script: ${error.message}`));
page.on("dialog", (dialog) => {
  wrong.push("a dialog");
  void dialog.dismiss();
});
await page.goto(address);

await page.evaluate(readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"));
const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
for (const { id, help, nodes } of violations) wrong.push(`axe: ${id}, ${help} (${nodes.length} times)`);

// 320 px, and the 500 px that 1,000 become at a zoom of 200 %.
for (const width of [320, 500]) {
  await page.setViewportSize({ width, height: 700 });
  const needed = await page.evaluate(() => document.documentElement.scrollWidth);
  if (needed > width) wrong.push(`${needed} px are needed where there are ${width}`);
}
await page.setViewportSize({ width: 1000, height: 900 });
if (picture) await page.screenshot({ path: picture, fullPage: true });

const focused = () =>
  page.evaluate(() => {
    const { tagName, type, readOnly, textContent } = document.activeElement;
    return { tag: tagName, type: type ?? "", readOnly: readOnly ?? false, text: textContent.trim() };
  });
const words = "I like to walk </textarea><script>alert(1)</script>";
const used = { range: 0, radio: 0, textarea: 0 };
let finished = false;
for (let press = 0; press < 300 && !finished; press++) {
  await page.keyboard.press("Tab");
  const at = await focused();
  if (at.type === "range") {
    await page.keyboard.press("ArrowRight");
    used.range++;
  } else if (at.type === "radio") {
    await page.keyboard.press("Space");
    used.radio++;
  } else if (at.tag === "TEXTAREA" && !at.readOnly) {
    await page.keyboard.type(words);
    used.textarea++;
  } else if (at.tag === "BUTTON") {
    const sent = page.waitForResponse((response) => response.request().method() === "POST", { timeout: 10_000 });
    await page.keyboard.press("Enter");
    finished = (await sent).ok();
  }
}
if (!finished) wrong.push("the answers were not sent");
for (const [kind, count] of Object.entries(used)) if (count === 0) wrong.push(`no ${kind} was reached by keyboard`);
await browser.close();

for (const what of wrong) console.error(`wrong: ${what}`);
if (wrong.length > 0) process.exit(1);
console.log(`filled in by keyboard: ${used.range} sliders, ${used.radio} choices, ${used.textarea} texts`);
