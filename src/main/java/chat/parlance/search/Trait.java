package chat.parlance.search;

import chat.parlance.model.EventBody;
import chat.parlance.text.Links;

/** Property of a message that a search can filter by. The index has a lexeme for each message with the property. */
public enum Trait {
    /** The text has a link or an address. */
    LINK("link"),
    /** The message is pinned now. */
    PINNED("pinned");

    private final String value;

    Trait(String value) {
        this.value = value;
    }

    /** Value of its filter. */
    public String value() {
        return value;
    }

    /** @param message in its present state, with a text */
    boolean isOf(EventBody.Message message) {
        return switch (this) {
            case LINK -> message.text() != null && Links.in(message.text());
            case PINNED -> message.state().pinned();
        };
    }
}
