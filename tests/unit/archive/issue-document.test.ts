import { expect, it } from 'vitest'
import {
  checkIssueDocument,
  formatIssueDocument,
  isIssueDocumentPath,
  issueDocumentPath,
  parseIssueDocument,
} from '../../../archive/issue-document.ts'
import { smallIssue } from '../../fixtures/issue-document.ts'

it('reads back what it writes', () => {
  const issue = smallIssue()
  expect(parseIssueDocument(Buffer.from(formatIssueDocument(issue)), 'x.json')).toEqual(issue)
})

it('takes an issue of twenty thousand pages', () => {
  const page = smallIssue().pages[0]!
  const pages = Array.from({ length: 20_000 }, (_, index) => ({ ...page, id: `p${index + 1}`, zones: [] }))
  const issue = { ...smallIssue(), pages, articles: [] }
  expect(parseIssueDocument(Buffer.from(formatIssueDocument(issue)), 'x.json').pages).toHaveLength(20_000)
})

const bytes = Buffer.from(formatIssueDocument(smallIssue()))

it.each([
  ['cut off', bytes.subarray(0, bytes.length / 2)],
  ['no JSON', Buffer.from('<html>')],
  ['not UTF-8', Buffer.from([0xff, 0xfe, 0x7b])],
  ['another format', Buffer.from(JSON.stringify({ ...smallIssue(), format: 'x' }))],
])('refuses a document that is %s', (_what, content) => {
  expect(() => parseIssueDocument(content, 'x.json')).toThrow(expect.objectContaining({ code: 'damaged-document' }))
})

it('refuses zones outside the page, ids that point nowhere and paths that leave the payload', () => {
  const wrong = [
    {
      ...smallIssue(),
      pages: [
        {
          ...smallIssue().pages[0],
          zones: [
            {
              id: 'z',
              kind: 'text',
              polygon: [
                [0, 0],
                [1.2, 0],
                [1, 1],
              ],
            },
          ],
        },
      ],
    },
    {
      ...smallIssue(),
      pages: [{ ...smallIssue().pages[0], renditions: [{ kind: 'image', mime: 'image/jpeg', file: '../../x.jpg' }] }],
    },
    { ...smallIssue(), articles: [{ ...smallIssue().articles[0], pages: ['p9'] }] },
    { ...smallIssue(), articles: [] },
    { ...smallIssue(), title: { id: '../x', name: 'x', language: 'zh' } },
  ]
  for (const document of wrong) {
    expect(() => checkIssueDocument(document, 'x')).toThrow(expect.objectContaining({ code: 'damaged-document' }))
  }
})

it('gives each issue one place', () => {
  const place = issueDocumentPath({ title: 'jcrb', date: '2013-01-10', edition: 2 })
  expect(place).toBe('data/issues/jcrb/2013/2013-01-10_02.json')
  expect(isIssueDocumentPath(place)).toBe(true)
  expect(isIssueDocumentPath('data/originals/issues/jcrb/2013/2013-01-10_02.json')).toBe(false)
})
