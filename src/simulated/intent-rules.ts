// Which signs of an intention count how much, alone or near one another: the table that weigh-intent.ts adds up.
// Apart from the words (intent-words.ts), so that a rule holds in every language that its groups know.
import type { CategoryId } from './categories.ts';
import type { IntentGroup } from './intent-words.ts';

export interface IntentRule {
  /** All of them have to occur, in this order where `ordered`. */
  readonly groups: readonly IntentGroup[];
  /** Most words from the first sign to the last; a single group needs none. */
  readonly within?: number;
  readonly ordered?: boolean;
  /** The sign counts only among the first words of a sentence or clause. */
  readonly opening?: boolean;
  /** Points for harm; below zero for a harmless purpose. */
  readonly weight: number;
  readonly category: CategoryId;
}

// biome-ignore format: one rule a line
export const intentRules: readonly IntentRule[] = [
  // Forging and inventing.
  { groups: ['forging', 'document'], within: 6, weight: 3, category: 'fraud' },
  { groups: ['forging'], weight: 1, category: 'fraud' },
  { groups: ['inventing', 'document'], within: 5, weight: 2, category: 'fraud' },
  { groups: ['document', 'untrue'], within: 25, weight: 2, category: 'fraud' },
  { groups: ['untrue'], weight: 2, category: 'disinformation' },
  { groups: ['seeming'], weight: 2, category: 'fraud' },
  { groups: ['seeming', 'trusted'], within: 8, weight: 1, category: 'fraud' },
  { groups: ['seeming', 'document'], within: 14, weight: 1, category: 'fraud' },
  { groups: ['untrue', 'yielding'], within: 14, weight: 1, category: 'disinformation' },
  { groups: ['never_done', 'document'], within: 25, weight: 2, category: 'fraud' },
  // Keeping it from somebody.
  { groups: ['purpose', 'nobody', 'noticing'], within: 9, ordered: true, weight: 2, category: 'fraud' },
  { groups: ['nobody', 'noticing'], within: 7, ordered: true, weight: 1, category: 'fraud' },
  { groups: ['unbeknown', 'noticing'], within: 7, ordered: true, weight: 1, category: 'fraud' },
  { groups: ['watcher', 'nobody', 'noticing'], within: 9, weight: 1, category: 'fraud' },
  { groups: ['unseen'], weight: 2, category: 'fraud' },
  { groups: ['hiding'], weight: 1, category: 'fraud' },
  { groups: ['hiding', 'watcher'], within: 14, weight: 2, category: 'fraud' },
  { groups: ['hiding', 'promising'], within: 30, weight: 1, category: 'finance' },
  // Getting round a rule.
  { groups: ['evading'], weight: 1, category: 'business-policy' },
  { groups: ['evading', 'control'], within: 8, weight: 2, category: 'business-policy' },
  { groups: ['control', 'nobody', 'noticing'], within: 8, weight: 1, category: 'business-policy' },
  { groups: ['own_age', 'adults_only'], within: 40, weight: 2, category: 'business-policy' },
  { groups: ['own_age', 'control'], within: 40, weight: 1, category: 'business-policy' },
  // Working on somebody.
  { groups: ['pushing', 'somebody', 'yielding'], within: 10, ordered: true, weight: 2, category: 'manipulation' },
  { groups: ['frail', 'valuables'], within: 14, weight: 1, category: 'fraud' },
  { groups: ['frail', 'yielding'], within: 10, weight: 1, category: 'manipulation' },
  { groups: ['yielding', 'valuables'], within: 6, weight: 1, category: 'fraud' },
  { groups: ['threat'], weight: 2, category: 'harassment' },
  { groups: ['threat', 'somebody'], within: 8, weight: 1, category: 'harassment' },
  { groups: ['bare_harm'], weight: 3, category: 'violence' },
  // Setting people apart, guessing and watching.
  { groups: ['group', 'setting_apart'], within: 18, weight: 3, category: 'hate' },
  { groups: ['guessing', 'intimate'], within: 12, weight: 2, category: 'privacy' },
  { groups: ['other', 'intimate'], within: 10, weight: 1, category: 'privacy' },
  { groups: ['spying', 'other', 'device'], within: 8, weight: 2, category: 'privacy' },
  { groups: ['locating'], weight: 2, category: 'privacy' },
  { groups: ['locating', 'threat'], within: 40, weight: 1, category: 'harassment' },
  { groups: ['harvesting', 'people_data'], within: 14, weight: 2, category: 'privacy' },
  // Wronging somebody; tampering; taking what is another's.
  { groups: ['wronging'], weight: 1, category: 'harassment' },
  { groups: ['wronging', 'somebody'], within: 6, weight: 1, category: 'harassment' },
  { groups: ['wronging', 'other'], within: 5, weight: 1, category: 'harassment' },
  { groups: ['wanting', 'wronging'], within: 7, ordered: true, weight: 1, category: 'harassment' },
  { groups: ['crime'], weight: 2, category: 'fraud' },
  { groups: ['wanting', 'crime'], within: 14, weight: 1, category: 'fraud' },
  { groups: ['tampering', 'system'], within: 7, weight: 2, category: 'cybercrime' },
  { groups: ['wanting', 'tampering'], within: 12, ordered: true, weight: 1, category: 'cybercrime' },
  { groups: ['exposing', 'exposed'], within: 8, weight: 2, category: 'privacy' },
  { groups: ['wanting', 'exposing'], within: 14, weight: 1, category: 'privacy' },
  { groups: ['disloyal'], weight: 2, category: 'business-policy' },
  { groups: ['disloyal', 'belongings'], within: 14, weight: 1, category: 'business-policy' },
  { groups: ['copying'], weight: 1, category: 'business-policy' },
  { groups: ['copying', 'works'], within: 14, weight: 2, category: 'business-policy' },
  // Trade, money, study.
  { groups: ['promising', 'pitch'], within: 24, weight: 3, category: 'finance' },
  { groups: ['hot_money'], weight: 2, category: 'fraud' },
  { groups: ['unpublished', 'trading'], within: 40, weight: 3, category: 'finance' },
  { groups: ['coursework', 'passing_off'], within: 30, weight: 3, category: 'business-policy' },
  // Steering people by machine.
  { groups: ['scoring', 'citizens'], within: 14, weight: 1, category: 'manipulation' },
  { groups: ['scoring', 'penalty'], within: 40, weight: 2, category: 'manipulation' },
  { groups: ['feelings', 'citizens'], within: 14, weight: 1, category: 'manipulation' },
  { groups: ['feelings', 'penalty'], within: 14, weight: 2, category: 'manipulation' },
  { groups: ['guessing', 'penalty'], within: 30, weight: 1, category: 'manipulation' },
  { groups: ['machine', 'denying'], within: 12, weight: 2, category: 'manipulation' },
  // A harmless purpose.
  { groups: ['guarding'], weight: -3, category: 'fraud' },
  { groups: ['sparing'], weight: -2, category: 'fraud' },
  { groups: ['suffering'], weight: -3, category: 'fraud' },
  { groups: ['asking_why'], opening: true, weight: -2, category: 'fraud' },
  { groups: ['decent'], weight: -2, category: 'fraud' },
];

export interface HanSign {
  readonly wording: RegExp;
  readonly weight: number;
  readonly category: CategoryId;
}

/** The same for Chinese, which has no word edges to count by. */
// biome-ignore format: one sign a line
export const hanSigns: readonly HanSign[] = [
  { wording: /伪造|假造|编造|捏造|造假|虚构|做假/u, weight: 3, category: 'fraud' },
  { wording: /冒充|假装|假扮|冒名/u, weight: 2, category: 'fraud' },
  { wording: /骗/u, weight: 2, category: 'fraud' },
  { wording: /偷偷|瞒着|背着|悄悄|私下/u, weight: 2, category: 'privacy' },
  { wording: /(?:不让|别让|不被|不要让|没人|无人).{0,8}(?:发现|知道|看出|察觉|查)|看不出|查不到|不留痕/u, weight: 2, category: 'fraud' },
  { wording: /(?:查看|偷看|监视|监控|跟踪|定位).{0,8}(?:老婆|老公|女友|男友|妻子|丈夫|员工|同事|前任|她|他)/u, weight: 2, category: 'privacy' },
  { wording: /绕过|逃税|洗钱|作弊|躲避|规避/u, weight: 3, category: 'fraud' },
  { wording: /歧视|赶出去|赶走|不招|劣等|低人一等/u, weight: 2, category: 'hate' },
  { wording: /匿名.{0,60}(?:谁写|是谁|身份)|(?:判断|找出|查出).{0,10}(?:是谁|谁写|身份|住址)/u, weight: 3, category: 'privacy' },
  { wording: /威胁|恐吓|勒索|报复|羞辱|让(?:他|她|他们|大家).{0,4}(?:别|不敢|害怕)/u, weight: 2, category: 'harassment' },
  { wording: /保证(?:赚|盈利|收益)|稳赚|包治|根治/u, weight: 3, category: 'finance' },
  { wording: /老人|养老金|孩子|小孩|患者/u, weight: 1, category: 'fraud' },
  { wording: /防止|识别|核实|提醒|预防|被骗|怀疑|辨别|防范|保护/u, weight: -3, category: 'fraud' },
  { wording: /为什么|是什么|什么是|解释|一般|合法|哪些|我自己|说明|如何备份|可以吗/u, weight: -2, category: 'fraud' },
];
