import { words } from "../words.js";

/** Words of the sign-in form. */
export const say = words("door", {
  welcome: "Welcome to Parlance",
  lead: "Every message, once, in order.",
  userId: "User id",
  userIdHint: "Letters and digits, such as alice or bob.b; others mention you by it.",
  userIdRule: "2 to 32 of a-z, 0-9, dot, dash and underscore, no dot or dash at the end or after another",
  name: "Your name",
  nameHint: "As others see it.",
  password: "Password",
  passwordHint: "8 characters or more; the usual ones are refused.",
  logIn: "Log in",
  makeAccount: "Make an account",
  haveAccount: "I have an account",
  newHere: "New here? Make an account",
  terminal: "From a terminal: {command}",
  notLoaded: "The page could not be loaded whole. Is there a connection? Try again.",
});
