"use strict";
// Filters what is on the page, and moves between failures by keyboard. The page can be read without.
const filter = document.getElementById("filter");
const words = document.getElementById("words");
const shown = document.getElementById("shown");
const buttons = [...filter.querySelectorAll("button")];
const count = (number, word) => `${number.toLocaleString("en")} ${word}${number === 1 ? "" : "s"}`;
let kind = "all";
let entries = null;

// Reads all texts once, when they are first needed: a page may have many thousands of them.
function read() {
  const text = (item) => [...item.querySelectorAll(":scope > .key, :scope > summary > .key, .also")]
    .map((each) => each.textContent).join(" ").toLowerCase();
  return [...document.querySelectorAll(".item")].map((item) => ({
    item,
    text: text(item),
    tests: item.classList.contains("target")
      ? [...item.querySelectorAll("li")].map((test) => ({ test, text: test.children[1].textContent.toLowerCase() }))
      : [],
  }));
}

function apply() {
  entries = entries || read();
  const wanted = words.value.toLowerCase().split(/\s+/).filter((word) => word !== "");
  const fits = (element, text) =>
    (kind === "all" || element.dataset.kind === kind) && wanted.every((word) => text.includes(word));
  let targets = 0;
  let tests = 0;
  for (const entry of entries) {
    let found = 0;
    for (const each of entry.tests) {
      const fit = fits(each.test, `${entry.text} ${each.text}`);
      each.test.hidden = !fit;
      found += fit;
    }
    const fit = found > 0 || fits(entry.item, entry.text);
    entry.item.hidden = !fit;
    tests += found;
    targets += fit && entry.item.classList.contains("target");
  }
  for (const group of document.querySelectorAll(".group")) {
    group.hidden = group.querySelector(".item:not([hidden])") === null;
  }
  for (const section of document.querySelectorAll("main > section:not(#timeline)")) {
    section.hidden = section.querySelector(".item:not([hidden])") === null;
  }
  const all = kind === "all" && wanted.length === 0;
  shown.value = all ? "" : targets === 0 ? "nothing fits" : `${count(targets, "target")}, ${count(tests, "test")}`;
}

function move(step) {
  const cards = [...document.querySelectorAll("#failed .item, #flaky .item")].filter((card) => !card.hidden);
  const now = cards.findIndex((card) => card.contains(document.activeElement));
  const next = cards[now < 0 ? (step > 0 ? 0 : cards.length - 1) : now + step];
  if (next !== undefined) {
    next.open = true;
    next.querySelector("summary").focus();
  }
}

function openTarget() {
  const target = /^#t\d+$/.test(location.hash) ? document.querySelector(location.hash) : null;
  if (target !== null) {
    target.hidden = false;
    target.closest("section").hidden = false;
    target.open = true;
    target.scrollIntoView();
    target.querySelector("summary").focus({ preventScroll: true });
  }
}

words.addEventListener("input", apply);
filter.addEventListener("submit", (event) => event.preventDefault());
for (const button of buttons) {
  button.addEventListener("click", () => {
    kind = button.dataset.show;
    for (const each of buttons) each.setAttribute("aria-pressed", String(each === button));
    apply();
  });
}
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  // Some browsers do this by themselves.
  if (event.key === "Escape" && document.activeElement === words) {
    words.value = "";
    apply();
  } else if (document.activeElement !== words) {
    if (event.key === "/") {
      event.preventDefault();
      words.focus();
    } else if (event.key === "n" || event.key === "p") {
      move(event.key === "n" ? 1 : -1);
    }
  }
});
// A second click on the same link changes no hash.
document.addEventListener("click", (event) => {
  if (event.target.closest("a[href^='#t']") !== null) requestAnimationFrame(openTarget);
});

// A name that is too long for its line ends it after `/`, `::` or `_`. What is copied has nothing in between.
for (const name of document.querySelectorAll(".key, .also, .target li > span:nth-child(2)")) {
  const parts = name.textContent.match(/[^/:_]*(?:\/+|:+|_+|$)/g).filter((part) => part !== "");
  if (parts.length > 1) {
    name.replaceChildren(...parts.flatMap((part, at) => (at === 0 ? [part] : [document.createElement("wbr"), part])));
  }
}
// Where there is no clipboard, as for a page from a server without TLS, there is no button.
if (navigator.clipboard) {
  for (const button of document.querySelectorAll(".copy")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.previousElementSibling.textContent);
      button.textContent = "Copied";
      setTimeout(() => { button.textContent = "Copy"; }, 2000);
    });
  }
}
window.addEventListener("hashchange", openTarget);
filter.hidden = false;
openTarget();
