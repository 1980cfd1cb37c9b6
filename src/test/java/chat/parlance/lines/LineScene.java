package chat.parlance.lines;

import chat.parlance.testing.Rest;
import chat.parlance.testing.Terminal;
import chat.parlance.testing.TestNode;

/** A room in which both are, alice as owner; its events 1 and 2 are their joins. */
record LineScene(String room, Terminal alice, Terminal bob) {

    static final Rest ALICE = Rest.logIn(TestNode.address(), "line-alice");
    static final Rest BOB = Rest.logIn(TestNode.address(), "line-bob");
}
