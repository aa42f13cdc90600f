#!/usr/bin/env node
// Kept to what every old Node understands: its only job is to say kindly that Node is too old.
"use strict"

var version = process.versions.node.split(".").map(Number)

if (version[0] < 22 || (version[0] === 22 && version[1] < 19)) {
  process.stderr.write("Fortrolig needs Node 22.19 or newer; this is Node " + process.versions.node + ".\n")
  process.exitCode = 64
} else {
  import("../dist/main.js").catch(function (problem) {
    if (problem && problem.code === "ERR_MODULE_NOT_FOUND") {
      process.stderr.write("Fortrolig is not built yet: run npm ci, or npm run build, and try again.\n")
      process.exitCode = 2
      return
    }
    throw problem
  })
}
