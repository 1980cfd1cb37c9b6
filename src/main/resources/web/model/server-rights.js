/** @typedef {import("../parlance-client/administration.js").ServerRole} ServerRole */

/** Roles on the server, the highest first. @type {ServerRole[]} */
export const SERVER_ROLES = ["owner", "administrator", "member", "guest"];

/** True when somebody may act on an account, or give a role: an owner always, others only on lower ones. @param {ServerRole} own @param {ServerRole} role */
export const isAbove = (own, role) => own === "owner" || SERVER_ROLES.indexOf(own) < SERVER_ROLES.indexOf(role);

/** Roles that somebody may give. @param {ServerRole} own */
export const givenRoles = (own) => SERVER_ROLES.filter((role) => isAbove(own, role));

/** Roles that an invite of somebody may have. @param {ServerRole} own */
export const invitedRoles = (own) => givenRoles(own).filter((role) => role !== "owner");
