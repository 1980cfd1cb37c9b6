/** Part of an address before the code of a link. Browsers send nothing after `#` to a server. */
export const LINK = "#link=";
