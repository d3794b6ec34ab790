// What every page has: signing out.
import { call } from "./api.js";
import { button, start } from "./ui.js";

start(() => {
  for (const place of document.querySelectorAll("[data-sign-out]")) {
    place.replaceWith(button(place.textContent, async () => {
      await call("POST", "/logout");
      location.reload();
    }, { class: place.className }));
  }
});
