/* Short names for what every script of the desk does: find elements, and know which are shown. */
"use strict";

const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const first = (selector, root = document) => root.querySelector(selector);
const byId = (id) => (id && document.getElementById(id)) || null;
// Needs no layout, which the other way has to make; that one is for browsers of before 2024.
const shown = (element) => element.checkVisibility?.() ?? element.getClientRects().length > 0;
const [arrival] = performance.getEntriesByType("navigation"); // how the browser came to this page
const words = (name) => first("#help")?.dataset[name] || ""; // what the script says, in the reader's language
