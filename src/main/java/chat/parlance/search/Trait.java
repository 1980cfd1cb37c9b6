package chat.parlance.search;

import chat.parlance.model.EventBody;
import chat.parlance.text.Links;

/** Property of a message that a search can ask for. The index has a lexeme of each message that has it. */
public enum Trait {
    /** The text has a link or an address. */
    LINK("link"),
    /** The message is pinned now. */
    PINNED("pinned");

    private final String value;

    Trait(String value) {
        this.value = value;
    }

    /** Value of the filter that asks for it. */
    public String value() {
        return value;
    }

    /** @param message as it is now, with a text */
    boolean isOf(EventBody.Message message) {
        return switch (this) {
            case LINK -> message.text() != null && Links.in(message.text());
            case PINNED -> message.state().pinned();
        };
    }
}
