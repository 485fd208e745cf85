// Questions whose answers fold. Without this a link to a question shows its answer all the same, by
// the style sheet; with it the answer folds again, and the browser's own search looks into it.
const questions = [...document.querySelectorAll(".question")].map((question) => {
  const fold = question.querySelector("details");
  const answer = question.querySelector(".answer");
  const follow = () => {
    if (fold.open) answer.removeAttribute("hidden");
    else answer.setAttribute("hidden", "until-found");
  };
  fold.addEventListener("toggle", follow);
  answer.addEventListener("beforematch", () => { fold.open = true; });
  return { id: question.id, fold, follow };
});

function openLinked() {
  const linked = questions.find(({ id }) => `#${id}` === location.hash);
  if (linked) linked.fold.open = true;
  questions.forEach(({ follow }) => follow());
}

addEventListener("hashchange", openLinked);
openLinked();
