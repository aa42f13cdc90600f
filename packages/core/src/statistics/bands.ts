/**
 * Age groups: the only thing that the product ever keeps of an age. "Not given" is a group of its own, and as good as any other (IF-07, IF-16).
 */
import * as Schema from "effect/Schema"
import type { StatisticsTerms } from "../policy/care.ts"

/** The name of an age group, `10-12` or `25+`, or `notGiven`. No age can be computed back from it. */
export const Band = Schema.String.check(Schema.isPattern(/^(?:\d{1,3}-\d{1,3}|\d{1,3}\+|notGiven)$/)).pipe(Schema.brand("Band"))
export type Band = typeof Band.Type

/** The group of everyone who gave no age, an age that is none, or took it back. */
export const notGiven = Band.make("notGiven")

/** The oldest age that the groups reach, in whole years; what lies beyond is taken as not given. */
export const oldest = 120

type Bands = Pick<StatisticsTerms, "bands">
type Group = StatisticsTerms["bands"][number]

const nameOf = ({ from, to }: Group): Band => (to === null ? `${from}+` : `${from}-${to}`) as Band

/** Every group of a policy in its order, `notGiven` last. */
export const bandsOf = ({ bands }: Bands): ReadonlyArray<Band> => [...bands.map(nameOf), notGiven]

/** The group that an age in whole years belongs to. The age itself goes no further than this function (IF-16). */
export const bandOf = ({ bands }: Bands, age: number | undefined = Number.NaN): Band => {
  const group = Number.isInteger(age) && age <= oldest ? bands.find(({ from, to }) => age >= from && (to === null || age <= to)) : undefined
  return group === undefined ? notGiven : nameOf(group)
}

/** Whether the groups of a policy cover 0 to `oldest` without gap or overlap, the last open upwards. */
export const partition = ({ bands }: Bands): boolean =>
  bands.every(({ from, to }, index) => {
    const before = bands[index - 1]
    const follows = before === undefined ? from === 0 : before.to !== null && from === before.to + 1
    return follows && (index === bands.length - 1 ? to === null : to !== null && to >= from)
  })

/** What is shown to a visitor of a group: chosen by the group alone, `otherwise` where nothing is written for it (IF-16, IF-07). */
export const contentFor = <Content>(contents: ReadonlyMap<Band, Content>, otherwise: Content, band: Band): Content => contents.get(band) ?? otherwise
