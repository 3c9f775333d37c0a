// What of a point only a script can use: it brings that itself, so that the page need not repeat it.
const kit = document.getElementById("kit").content, { points } = document.getElementById("sheet").dataset;
const made = (part) => kit.querySelector(part).cloneNode(true);
const head = made(".more-h"); // one for all: it stands at the point that is chosen

export const address = (point, what = "") => `${points}${point.dataset.code}/${what}`;

// The wording before its points: 召开动员会（2分） → 召开动员会
export const wording = (point) => point.querySelector(".crit-no").nextSibling.textContent;

export function furnish(point) {
  const { code } = point.dataset, note = made("[data-note]"), photo = made(".thumb-add");
  note.setAttribute("aria-controls", `n-${code}`);
  point.querySelector(".tools").prepend(note);
  photo.lastElementChild.dataset.upload = address(point, "files/add/");
  photo.lastElementChild.setAttribute("aria-label", `${code} 拍照或添加文件`);
  point.querySelector(".strip").append(photo);
  point.querySelector(".reason:not(.is-always) textarea")?.after(made(".chips"));
}

export function name(point) {
  head.querySelector(".hint").textContent = point.dataset.place;
  head.querySelector("b").textContent = wording(point) + point.querySelector(".crit-text em").textContent;
  point.querySelector(".crit-more").prepend(head);
}
