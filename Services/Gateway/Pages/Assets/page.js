// What every page has: signing out.
import { call } from "./api.js";
import { button, start } from "./ui.js";

start(() => {
  for (const place of document.querySelectorAll("[data-sign-out]")) {
    place.replaceWith(button(place.textContent, async () => {
      try {
        await call("POST", "/logout");
      } catch (error) {
        // The session is over already.
        if (error.status !== 401) throw error;
      }
      location.reload();
    }, { class: place.className }));
  }
});
