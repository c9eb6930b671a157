import { describe, expect, it } from 'vitest'
import { parseArticle } from '../../../../archive/import/founder-article.ts'

describe('article templates', () => {
  it('reads npm comments, founder elements, the photo table and section headings', () => {
    const article = parseArticle(`<html><title>焦作日报</title><table>
      <td class=font02><!--<npm:article-pretitle>-->壮大产业集群&nbsp;强化要素保障<!--</npm:article-pretitle>--></td>
      <td class=font01><founder-title><!--<npm:article-title>-->奋力打造<BR>产业集聚区<!--</npm:article-title>--></founder-title></td>
      <td class=font02><!--<npm:article-subtitle>--><!--</npm:article-subtitle>-->副题在标记之后</td>
      <founder-author><!--<npm:article-author>-->本报记者 张三<!--</npm:article-author>--></founder-author></table>
      <table id=newspic><tr><td><!--<npm:article-pic>--><IMG src=../../res/res01.jpg><!--</npm:article-pic>--></td></tr>
      <tr><td><!--<npm:article-pic-text>-->图片说明一。&#12288;李四 摄<!--</npm:article-pic-text>--></td></tr></table>
      <div id=ozoom style="zoom:100%"><founder-content><!--<npm:article-content>--><P>&#12288;&#12288;<p xmlns="">&#12288;&#12288;本报讯&#12288;正文第一段。</P>
      <P>&#12288;&#12288;一、产业规模持续壮大。</P><P>&#12288;&#12288;正文<b>第二</b>段<script>alert(1)</script>，
      换行。</P><p><strong>小标题</strong></p><img src="../../tplimg/x.gif"><P>正文第三段。</P><!--</npm:article-content>--></founder-content></div>
      上一篇&#12288;下一篇</html><!--enpproperty <founder-author>x</founder-author><founder-type>1</founder-type>/enpproperty-->`)
    expect(article).toMatchObject({
      kicker: '壮大产业集群 强化要素保障',
      headline: '奋力打造产业集聚区',
      subtitle: '副题在标记之后',
      byline: '本报记者 张三',
      photos: [{ src: '../../res/res01.jpg', caption: '图片说明一。 李四 摄' }],
      metadata: { 'founder-type': '1' },
    })
    expect(article.blocks.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
      'paragraph 本报讯 正文第一段。',
      'heading 一、产业规模持续壮大。',
      'paragraph 正文第二段，换行。',
      'heading 小标题',
      'paragraph 正文第三段。',
    ])
  })

  it('reads people.com.cn: h3 h1 h2, author beside the issue, photos with captions', () => {
    const article = parseArticle(`<div class="text_c"><h3>肩题</h3><h1>标题</h1><h2>副题</h2>
      <div class="lai">本报记者 王五 《人民日报》（2017年10月16日 第 01 版）</div>
      <table class="pci_c"><tr><td align="center"><img src="a.jpg"></td></tr><tr><td><p>图为现场。</p></td></tr></table>
      <div id="ozoom"><p>&#12288;&#12288;正文。</p></div><div id="articleContent" style="display:none"><p>正文。</p></div></div>`)
    expect(article).toMatchObject({
      kicker: '肩题',
      headline: '标题',
      subtitle: '副题',
      byline: '本报记者 王五',
      photos: [{ src: 'a.jpg', caption: '图为现场。' }],
      blocks: [{ kind: 'paragraph', text: '正文。' }],
    })
  })

  it('reads enpcontent nested twice, with fields from the property comment', () => {
    const article =
      parseArticle(`<title>首页</title><div><!--enpcontent--><!--enpcontent--><P>第一段</P><!--/enpcontent--><p>第二段</p>
      <!--/enpcontent--></div><p>版权所有</p><!--enpproperty <articleid>7</articleid><title><![CDATA[真<BR>标题]]></title>
      <introtitle>引题</introtitle><subtitle></subtitle><author>赵六</author>/enpproperty-->`)
    expect(article).toMatchObject({ kicker: '引题', headline: '真 标题', byline: '赵六', metadata: { articleid: '7' } })
    expect(article.blocks.map((block) => block.text)).toEqual(['第一段', '第二段'])
  })

  it.each([
    ['ids', '<div id=PreTitle>引</div><div id=Title>标题</div><div id=SubTitle>副</div><div id=ozoom><p>文</p></div>'],
    [
      'yinti',
      '<div id=yinti>引</div><div id=doctitle>标题</div><div id=subdoctitle>副</div><div id=ozoom><p>文</p></div>',
    ],
    ['bt1', '<td class=bt2>引</td><td class=bt1>标题</td><td class=bt2>副</td><div id=ozoom><p>文</p></div>'],
    [
      'styles',
      '<td><span style="font-size:14px">引</span><strong style="font-size:23px;font-family:黑体">标题</strong><span style="font-size:14px">副</span></td><div id=ozoom><p>文</p></div>',
    ],
    [
      'newsdetatit',
      '<div><p class=intro>引</p><div class=newsdetatit><h3>标题</h3></div><p class=sub>副</p></div><div class=newsdetatext><p>文</p></div>',
    ],
  ])('reads the template of %s', (_, html) => {
    const { kicker, headline, subtitle, blocks } = parseArticle(html)
    expect({ kicker, headline, subtitle }).toEqual({ kicker: '引', headline: '标题', subtitle: '副' })
    expect(blocks.map((block) => block.text)).toEqual(['文'])
  })

  it('keeps no markup and survives an empty page', () => {
    const { blocks } = parseArticle('<div id=ozoom><p onclick=x>&lt;script&gt; 文字<iframe src=x>隐</iframe></p></div>')
    expect(blocks).toEqual([{ kind: 'paragraph', text: '<script> 文字' }])
    expect(parseArticle('')).toMatchObject({ headline: '', blocks: [], photos: [] })
  })
})
