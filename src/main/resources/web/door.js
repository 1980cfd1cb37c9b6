const element = (id) => document.getElementById(id);

/** Logging in, and making an account. */
export class Door {
  #client;
  #entered;
  #registering = false;

  constructor(client, entered) {
    this.#client = client;
    this.#entered = entered;
    element("credentials").addEventListener("submit", (submitted) => {
      submitted.preventDefault();
      this.#enter();
    });
    element("other").addEventListener("click", () => this.#show(!this.#registering));
  }

  show() {
    element("door").hidden = false;
    this.#show(false);
    element("user-id").focus();
  }

  #show(registering) {
    this.#registering = registering;
    element("name-field").hidden = !registering;
    element("password").autocomplete = registering ? "new-password" : "current-password";
    element("enter").textContent = registering ? "Make an account" : "Log in";
    element("other").textContent = registering ? "I have an account" : "New here? Make an account";
    element("door-error").textContent = "";
  }

  async #enter() {
    const user = element("user-id").value;
    const password = element("password").value;
    element("enter").disabled = true;
    try {
      if (this.#registering) {
        await this.#client.register(user, password, element("name").value || user);
      } else {
        await this.#client.logIn(user, password);
      }
      element("password").value = "";
      this.#entered();
    } catch (failure) {
      element("door-error").textContent = failure.message;
    } finally {
      element("enter").disabled = false;
    }
  }
}
