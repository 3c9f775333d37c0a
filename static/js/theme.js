// Before the first paint: the theme this person chose on this device.
document.documentElement.dataset.bsTheme = localStorage.getItem("theme") === "dark" ? "dark" : "light";
