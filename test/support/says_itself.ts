/** A program that says where the Deno that runs it lies, and what variables it has. */
console.log(JSON.stringify({ path: Deno.execPath(), env: Deno.env.toObject() }));
