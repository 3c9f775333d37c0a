// Before the first paint: scripts run here, and the theme this person chose on this device.
document.documentElement.classList.add("js");
document.documentElement.dataset.bsTheme = localStorage.getItem("theme") === "dark" ? "dark" : "light";
