"use strict";
/* Light or dark as the system has it, until somebody chooses. */
(() => {
  const order = ["", "light", "dark"], words = { "": "自动 auto", light: "浅色 light", dark: "深色 dark" };
  let chosen = "";
  try { chosen = localStorage.getItem("zongji-theme") || ""; } catch (error) { /* a file may not be allowed to store */ }
  const show = () => {
    if (chosen) document.documentElement.dataset.theme = chosen; else delete document.documentElement.dataset.theme;
    const button = document.getElementById("theme");
    if (button) button.textContent = words[chosen];
  };
  show();
  document.addEventListener("DOMContentLoaded", () => {
    show();
    const button = document.getElementById("theme");
    if (button) button.addEventListener("click", () => {
      chosen = order[(order.indexOf(chosen) + 1) % order.length];
      try { localStorage.setItem("zongji-theme", chosen); } catch (error) { /* as above */ }
      show();
    });
  });
})();
