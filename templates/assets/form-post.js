// Sends the one form of a form_post page. Without this file its button does.
"use strict";

document.addEventListener("DOMContentLoaded", () => document.querySelector("form[data-send]")?.submit());
