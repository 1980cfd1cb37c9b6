/** @returns {string} 128 random bits in hex; the browser's randomUUID is for pages behind TLS alone */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
