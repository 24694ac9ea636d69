// Before anything is drawn, so that a chosen theme does not flash.
try {
  const chosen = localStorage.getItem("theme");
  if (chosen) document.documentElement.dataset.theme = chosen;
} catch { /* Storage is closed to pages from files in some browsers; the theme of the system stays. */ }
