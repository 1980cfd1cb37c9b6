/** Globals of the page's workers. `self` of both has one type, whose members the library of TypeScript has for service workers alone. */
interface WorkerGlobalScope {
  /** The page's version and files, which the node writes after worker.js. */
  parlancePage?: { version: string | null; files: Record<string, string> };
  readonly clients: Clients;
  readonly registration: ServiceWorkerRegistration;
  skipWaiting(): Promise<void>;
  addEventListener(type: "install" | "activate", listener: (event: ExtendableEvent) => void): void;
  addEventListener(type: "fetch", listener: (event: FetchEvent) => void): void;
  addEventListener(type: "message", listener: (event: ExtendableMessageEvent) => void): void;
}

/** highlight.js as the build packs it. */
declare module "*/library/highlight.js" {
  const library: any;
  export default library;
}
