// What every page shares: the menu on a phone, the theme, showing a password, the session.
import "./login-again.js";
import "./log-out.js";
import "./offline.js";

// A row that scrolls sideways begins where the person is.
for (const here of document.querySelectorAll(":is(.pl-steps, .dk-views, .steps) [aria-current]")) {
  here.scrollIntoView({ block: "nearest", inline: "center" });
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.toggle) {
    const open = document.getElementById(button.dataset.toggle).classList.toggle("is-open");
    button.setAttribute("aria-expanded", String(open));
  }
  if ("themeToggle" in button.dataset) {
    const root = document.documentElement;
    root.dataset.bsTheme = root.dataset.bsTheme === "dark" ? "light" : "dark";
    localStorage.setItem("theme", root.dataset.bsTheme);
  }
  if (button.dataset.reveal) {
    const field = document.getElementById(button.dataset.reveal);
    field.type = field.type === "password" ? "text" : "password";
  }
});

// Escape closes what was opened over the page, and the person is where they were.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const button of document.querySelectorAll("[data-toggle][aria-expanded=true]")) {
    document.getElementById(button.dataset.toggle).classList.remove("is-open");
    button.setAttribute("aria-expanded", "false");
    button.focus();
  }
  for (const move of document.querySelectorAll("details.rv-move[open]")) {
    move.open = false;
    move.querySelector("summary").focus();
  }
});
