import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { pause } from "./connection.ts"
import { acknowledgementFrame, messageFrame, readFrame, typingFrame } from "./frames.ts"
import { seemsToHoldIdentityNumber } from "./nationalId.ts"
import { countShift } from "./shiftExit.ts"

/** Presses and releases keys in turn; says whether the page was left. */
const press = (keys: ReadonlyArray<string>): boolean => {
  const shift = countShift()
  return keys.map((key, i) => {
    shift.down(key, false)
    return shift.up(key, i * 100)
  }).some(Boolean)
}

describe("Shift pressed and released alone three times", () => {
  it("leaves exactly when three lone presses stand next to each other", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("Shift", "Shift", "a", "Enter"), { maxLength: 12 }), (keys) => {
        expect(press(keys)).toBe(keys.join(" ").includes("Shift Shift Shift"))
      })
    )
  })

  it("does not count Shift that was held for a capital letter, a held Shift that repeats, or presses far apart", () => {
    const capitals = countShift()
    for (let i = 0; i < 5; i += 1) {
      capitals.down("Shift", false)
      capitals.down("A", false)
      expect(capitals.up("A", i)).toBe(false)
      expect(capitals.up("Shift", i)).toBe(false)
    }
    const held = countShift()
    held.down("Shift", false)
    for (let i = 0; i < 20; i += 1) held.down("Shift", true)
    expect(held.up("Shift", 1)).toBe(false)
    for (let i = 0; i < 4; i += 1) {
      held.down("Shift", false)
      held.down("a", false)
      held.down("Shift", true)
      expect(held.up("Shift", i)).toBe(false)
    }
    const slow = countShift()
    for (let i = 1; i <= 4; i += 1) {
      slow.down("Shift", false)
      expect(slow.up("Shift", i * 6_000)).toBe(false)
    }
  })
})

describe("a warning before an identity number is sent", () => {
  // Synthetic numbers only: the month is 80 too high.
  const numbers = ["01819012365", "01819012373", "01819012381", "01819012470", "41819012359"]

  it("knows valid numbers of every kind, written together or apart, anywhere in the text", () => {
    for (const number of numbers) {
      expect(seemsToHoldIdentityNumber(`jeg har ${number}.`)).toBe(true)
      expect(seemsToHoldIdentityNumber(`${number.slice(0, 6)} ${number.slice(6)}`)).toBe(true)
    }
  })

  it("is silent for every number with one wrong last digit, for longer numbers and for telephone numbers", () => {
    for (const number of numbers) {
      const last = Number(number.at(-1))
      for (let digit = 0; digit < 10; digit += 1) {
        if (digit !== last) expect(seemsToHoldIdentityNumber(number.slice(0, 10) + digit)).toBe(false)
      }
      expect(seemsToHoldIdentityNumber(`1${number}`)).toBe(false)
    }
    for (const text of ["116 117", "12345678", "hei", "", "00000000001"]) expect(seemsToHoldIdentityNumber(text)).toBe(false)
  })
})

describe("frames", () => {
  it("what is written is read back, and nothing else is a frame", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 0xffffffff }), fc.integer({ min: 1, max: 255 }), fc.uint8Array({ minLength: 1, maxLength: 40 }), (n, epoch, payload) => {
        expect(readFrame(messageFrame(n, epoch, payload).buffer)).toEqual({ kind: "message", n, epoch, payload: new Uint8Array(payload) })
        expect(readFrame(acknowledgementFrame(n).buffer)).toEqual({ kind: "acknowledgement", n })
      })
    )
    expect(readFrame(typingFrame(true).buffer)).toEqual({ kind: "typing", on: true })
    expect(readFrame(typingFrame(false).buffer)).toEqual({ kind: "typing", on: false })
    for (const bytes of [[], [1], [1, 0, 0, 0, 1], [1, 0, 0, 0, 1, 1], [1, 0, 0, 0, 0, 1, 1], [9, 0, 0, 0, 1]]) expect(readFrame(new Uint8Array(bytes).buffer)).toBeUndefined()
  })
})

describe("the pause before the next attempt to connect", () => {
  it("grows from half a second to thirty, of which at least half is waited", () => {
    fc.assert(
      fc.property(fc.nat({ max: 1000 }), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, random) => {
        const whole = Math.min(30_000, 500 * 2 ** attempt)
        expect(pause(attempt, random)).toBeGreaterThanOrEqual(whole / 2)
        expect(pause(attempt, random)).toBeLessThanOrEqual(whole)
      })
    )
  })
})
