// Searches bytes for a secret, in the encodings that it could have.

/** The encoded forms of a secret, by name. */
export function disguisesOf(secret) {
  const disguises = {
    plain: secret,
    "URL-encoded": encodeURIComponent(secret),
    "form-encoded": new URLSearchParams([["", secret]]).toString().slice(1),
    hex: Buffer.from(secret).toString("hex"),
  };
  // Inside a longer text its base64 depends on its offset and on the bytes at both ends.
  for (const before of [0, 1, 2]) {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]);
    const [from, until] = [Math.ceil((before * 8) / 6), Math.floor((bytes.length * 8) / 6)];
    for (const alphabet of /** @type {const} */ (["base64", "base64url"]))
      disguises[`${alphabet}, ${before} before`] = bytes.toString(alphabet).slice(from, until);
  }
  return disguises;
}

/** The names of the encodings in which the secrets are found. */
export function findSecrets(secrets, bytes) {
  const text = Buffer.from(bytes).toString("latin1");
  const lower = text.toLowerCase();
  return secrets.flatMap((secret) =>
    Object.entries(disguisesOf(secret))
      .filter(([name, disguise]) => (name === "hex" ? lower : text).includes(disguise))
      .map(([name]) => `${secret}: ${name}`),
  );
}
