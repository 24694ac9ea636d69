// The theme. Without it every page can still be read.

function setUpTheme() {
  const button = document.getElementById("theme");
  const root = document.documentElement;
  const dark = () =>
    (root.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  const name = () => button.textContent = dark() ? "Light theme" : "Dark theme";
  button.hidden = false;
  name();
  button.addEventListener("click", () => {
    root.dataset.theme = dark() ? "light" : "dark";
    name();
    try {
      localStorage.setItem("theme", root.dataset.theme);
    } catch { /* It holds for this page then. */ }
  });
}

setUpTheme();
