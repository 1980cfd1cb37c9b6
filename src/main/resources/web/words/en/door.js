import { words } from "../words.js";

/** Words of the sign-in form. */
export const say = words("door", {
  welcome: "Welcome to Parlance",
  lead: "Every message, once, in order.",
  userId: "User id",
  userIdRule: "2 to 32 of a-z, 0-9, dot, dash and underscore, no dot or dash at the end or after another",
  password: "Password",
  logIn: "Log in",
  newHere: "New here? Make an account",
  terminal: "From a terminal: {command}",
  notLoaded: "The page could not be loaded whole. Is there a connection? Try again.",
});
