/** An issue that a workflow opened. */
export interface Issue {
  readonly title: string;
  readonly body: string;
}

/** GitHub refuses longer bodies. */
const MOST_CHARACTERS = 65_536;

/** As much of GitHub's API as the workflow asks for: it opens issues, and refuses what GitHub would. */
export class Api {
  readonly issues: Issue[] = [];
  readonly #server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    (request) => this.#answer(request),
  );

  get url(): string {
    return `http://127.0.0.1:${this.#server.addr.port}`;
  }

  async #answer(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    if (request.method !== "POST" || !/^\/repos\/[^/]+\/[^/]+\/issues$/.test(pathname)) {
      return new Response("Not Found", { status: 404 });
    }
    if (!request.headers.get("authorization")?.startsWith("Bearer ")) return new Response("no token", { status: 401 });
    const { title, body } = await request.json();
    if (typeof title !== "string" || typeof body !== "string" || body.length > MOST_CHARACTERS) {
      return new Response("Unprocessable", { status: 422 });
    }
    this.issues.push({ title, body });
    return Response.json({ number: this.issues.length }, { status: 201 });
  }

  close(): Promise<void> {
    return this.#server.shutdown();
  }
}
