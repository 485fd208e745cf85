// Live hints: list the problems of the text while it is typed. Everything else works without.

const WAIT_MS = 600;

const form = document.querySelector("form[data-check]");
const hints = document.getElementById("hints");
const text = document.getElementById("text");
let timer = 0;
let asked = 0;

function show(problems) {
  hints.replaceChildren();
  const said = document.createElement("p");
  said.textContent = problems.length ? hints.dataset.some : hints.dataset.none;
  hints.append(said);
  if (!problems.length) {
    return;
  }
  const list = document.createElement("ul");
  for (const { line, message } of problems) {
    const item = document.createElement("li");
    const jump = document.createElement("button");
    jump.type = "button";
    jump.className = "jump";
    jump.textContent = `${hints.dataset.line} ${line}`;
    jump.addEventListener("click", () => goTo(line));
    item.append(jump, `: ${message}`);
    list.append(item);
  }
  hints.append(list);
}

function goTo(line) {
  const lines = text.value.split("\n");
  const start = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
  text.focus();
  text.setSelectionRange(start, start + (lines[line - 1] ?? "").length);
  text.scrollTop = (text.scrollHeight / lines.length) * Math.max(0, line - 5);
}

async function check() {
  const number = (asked += 1);
  try {
    const answer = await fetch(form.dataset.check, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    if (answer.ok && number === asked) {
      show((await answer.json()).problems);
    }
  } catch {
    // Without a connection there are no hints; the preview lists all problems.
  }
}

text?.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(check, WAIT_MS);
});
