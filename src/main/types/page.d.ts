/**
 * Types of the page, for TypeScript's checker: nothing here is part of a bundle. The shapes of the wire are those of
 * api/openapi.yaml, as far as the page reads them. Models have short names here, so that a comment beside a parameter is enough.
 */
declare namespace Page {
  type Administration = import("../resources/web/model/administration.js").Administration;
  type Chat = import("../resources/web/model/chat.js").Chat;
  type Client = import("../resources/web/parlance-client/index.js").ParlanceClient;
  type Drafts = import("../resources/web/model/drafts.js").Drafts;
  type EmojiList = import("../resources/web/model/emoji-list.js").EmojiList;
  type Entrance = import("../resources/web/model/entrance.js").Entrance;
  type Language = import("../resources/web/model/language.js").Language;
  type Model = import("../resources/web/model/model.js").Model;
  type People = import("../resources/web/model/people.js").People;
  type Places = import("../resources/web/model/places.js").Places;
  type PageVersion = import("../resources/web/model/page-version.js").PageVersion;
  type Preferences = import("../resources/web/model/preferences.js").Preferences;
  type Rooms = import("../resources/web/model/rooms.js").Rooms;
  type Saved = import("../resources/web/model/saved.js").Saved;
  type Screen = import("../resources/web/model/screen.js").Screen;
  type Search = import("../resources/web/model/search.js").Search;
  type Storage = import("../resources/web/model/browser-storage.js").BrowserStorage;
  type Thread = import("../resources/web/model/thread.js").Thread;
  type Threads = import("../resources/web/model/threads.js").Threads;
  type Timeline = import("../resources/web/model/timeline.js").Timeline;
  type Timelines = import("../resources/web/model/timelines.js").Timelines;
  type Toasts = import("../resources/web/model/toasts.js").Toasts;
  type Words = import("../resources/web/model/commands/words.js").Words;

  /** An own request that the server has not acknowledged, see the client library. */
  type Request = import("../resources/web/parlance-client/outbox.js").Request;
  type Failure = import("../resources/web/parlance-client/errors.js").ParlanceError;
  /** The client library's store, by key. */
  type Items = import("../resources/web/parlance-client/store.js").Items;
  type ConnectionState = "offline" | "connecting" | "online";
  type Events = import("../resources/web/parlance-client/events.js").Events;

  type Account = import("../resources/web/parlance-client/administration.js").Account;
  type AuditEntry = import("../resources/web/parlance-client/administration.js").AuditEntry;
  type Invite = import("../resources/web/parlance-client/administration.js").Invite;
  type ServerRole = import("../resources/web/parlance-client/administration.js").ServerRole;

  interface User {
    userId: string;
    name: string;
    ambiguous?: boolean;
  }

  type Role = "owner" | "admin" | "member";
  type Membership = "joined" | "invited" | "banned";
  type Visibility = "public" | "private" | "direct";

  interface Member extends User {
    membership: Membership;
    role: Role;
    muted: boolean;
  }

  /** A session of the user, on any device. */
  interface Session {
    sessionId: string;
    createdAt: string;
    usedAt: string;
    agent: string;
    current: boolean;
  }

  type Notifications = "all" | "mentions" | "none";

  interface RoomPreferences {
    starred: boolean;
    notifications: Notifications;
    hiddenTo: number;
    revision: number;
  }

  /** A room as the models hand it out: as the server sends it, with counts and preferences, which live events keep up to date. */
  interface Room extends Counts {
    roomId: string;
    name: string;
    topic?: string;
    description?: string;
    visibility: Visibility;
    archived: boolean;
    head: number;
    headStamp?: string;
    membership?: Membership;
    role?: Role;
    muted?: boolean;
    lastMessage?: LastMessage;
    preferences: RoomPreferences;
    invitedBy?: string;
    invitedByName?: string;
    invitedByAmbiguous?: boolean;
    peer?: string;
    peerName?: string;
    peerAmbiguous?: boolean;
    /** Head of the room before the present connection. */
    before: number;
    /** True for a room of the browser's copy, until the server sends it. */
    isCopied?: boolean;
  }

  /** A room as the server sends it. */
  interface RoomAnswer extends Omit<Room, keyof Counts | "before" | "preferences"> {
    readTo?: number;
    readTurn?: number;
    unreadCount?: number;
    mentionCount?: number;
    preferences?: RoomPreferences;
  }

  interface LastMessage {
    seq: number;
    at: string;
  }

  /** Unread messages of a room: those after `readTo`; `readTurn` tells a marker that went back from an old one. */
  interface Counts {
    readTo: number;
    readTurn: number;
    unreadCount: number;
    mentionCount: number;
    countedTo: number;
    editedAt: number;
    changedAt: number;
  }

  /** The last event that the user has read in a room, see the frame `readMarker`. */
  type ReadMarker = Events["readMarker"];

  /** Preferences of the user for the list of rooms. */
  interface ListPreferences {
    order: "recent" | "unread" | "name";
    folded: string[];
    revision: number;
  }

  /** The fields of a type that are named: others, of kinds that the page does not know, cannot be read by mistake. */
  type Named<T> = { [Field in keyof T as string extends Field ? never : Field]: T[Field] };

  /** An event of a room. Which of the fields after `at` it has depends on its kind. */
  type RoomEvent = Named<import("../resources/web/parlance-client/protocol.js").RoomEvent> & { roomId?: string };

  /**
   * A message, or a notice of the room, in the state of one event of the room: that of `asOf`. One that is not stored yet has a state,
   * and a reason when it was not sent.
   */
  type Message = RoomEvent & { asOf: number; state?: Request["state"]; reason?: string };

  type SavedMessage = Message & { roomId: string; savedAt: string };

  /** Copies of rooms in the browser, see `model/offline-copy.js`. */
  interface Copies {
    of(room: string): Promise<(import("../resources/web/model/kept-run.js").KeptRun & { at: number }) | null>;
    changed(room: string): void;
    drop(room: string): Promise<void>;
  }

  /** A page of a room's history. */
  interface EventPage {
    events: RoomEvent[];
    head: number;
  }

  /** State of a thread for the user, see `api.thread`. */
  type ThreadState = Events["thread"];
}

/** Types of views. */
declare namespace Page {
  type Children = import("preact").ComponentChildren;
  /** The text field of a composer, once it is drawn. */
  type Field = { current: HTMLTextAreaElement };

  /** Something is written into a field. */
  interface Typed extends Event {
    readonly target: HTMLInputElement;
  }

  /** Another choice of a list, or of a box. */
  interface Changed extends Event {
    readonly target: HTMLInputElement;
  }

  /** Panel beside the conversation, see `model/chat.js`. */
  type Panel = import("../resources/web/model/chat.js").Panel;

  /** The dialog that is open, with what it needs. */
  interface Dialog {
    kind: string;
    /** Part of the dialog that is shown first. */
    part?: string;
    room?: string;
    message?: Message;
    name?: string;
    serverRole?: ServerRole;
    text?: string;
    title?: string;
    action?: string;
    at?: string;
    act?: () => unknown;
  }

  /** Note above a composer: the answer to a command, or the reason why nothing was sent. */
  type Note = import("../resources/web/view/composer-note.js").Note;

  /** Place of what a menu or picker stands beside, in pixels of the window. */
  interface Anchor {
    left: number;
    right?: number;
    top: number;
    bottom: number;
  }

  /** An item of a menu; one with `checked` is one of several of which one is chosen. */
  interface MenuItem {
    icon?: string;
    sign?: string;
    label?: string;
    heading?: string;
    testid: string;
    checked?: boolean;
    danger?: boolean;
    act?: () => unknown;
  }
}
