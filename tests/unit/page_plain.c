/* Articles as plain text: what stands above and below the text, and what of it is a field. */
#include "page_test.h"

#define P1 "2024年,云溪市人大常委会坚持以人民为中心,全年举行常委会会议9次,听取和审议报告43项。"
#define P2 "一、坚持举旗凝心铸魂"
#define P3 "一年来,各位代表提出建议212件,全部按期办结,代表满意率为98.5%。"
#define TEXT P1 "\n" P2 "\n" P3

static const struct row {
    const char *name, *page;
    const char *title, *subtitle, *published, *source, *issue, *column, *authors, *text; /* text NULL: TEXT */
} rows[] = {
    { "title twice, a list of particulars, a site's footer",
      "云溪人大:奋力开创工作新局面\n云溪人大:奋力开创工作新局面\n  • 发布日期:2024-02-02\n    来源:云溪市人大常委会\n  • 字体:\n    [ ]\n\n" P1 "\n\n" P2 "\n\n" P3
      "\n\n\n0\n\n版权所有:云溪市人民代表大会常务委员会\n\nYXRD.GOV.CN Copyright All Rights Reserved云ICP备00000000号\n\n返回顶部",
      "云溪人大:奋力开创工作新局面", NULL, "2024-02-02", "云溪市人大常委会", NULL, NULL, "", NULL },
    { "a journal: breadcrumb, issue, column, authors, owner",
      "当前位置:首页>>详情页面 \n\n建设新机关 展现新作为\n2024年第7期 —— 本期焦点 作者:文/李明远 图/周敏\n\n" P1 "\n" P2 "\n" P3
      "\n\n期刊阅览 | 网上投稿 | 联系我们\n版权所有:云溪人大杂志社     云ICP备00000000号",
      "建设新机关 展现新作为", NULL, "2024-07", "云溪人大杂志社", "2024年第7期", "本期焦点", "李明远/text 周敏/photo", NULL },
    { "a subtitle, no particulars",
      "依法履职 创新作为\n——市七届人大常委会工作报告导读\n\n  " P1 "\n\n  " P2 "\n\n  " P3 "\n",
      "依法履职 创新作为", "市七届人大常委会工作报告导读", NULL, NULL, NULL, NULL, "", NULL },
    { "a column before the title", "代表风采 | 李明远:把群众的话带上来\r\n来源:云溪日报 发布时间:2024年2月2日 10:05\r\n" P1 "\r\n" P2 "\r\n" P3 "\r\n责任编辑:陈晓",
      "李明远:把群众的话带上来", NULL, "2024-02-02", "云溪日报", NULL, "代表风采", "", NULL },
    { "signed and dated: both stay", "关于召开会议的决定\n" P1 "\n云溪市人大常委会\n2024年2月2日\n", "关于召开会议的决定", NULL, NULL, NULL, NULL, NULL, "",
      P1 "\n云溪市人大常委会\n2024年2月2日" },
    { "a date within the text is no date of publication", "调研记\n2月19日下午,调研组一行来到云溪。\n" P3, "调研记", NULL, NULL, NULL, NULL, NULL, "",
      "2月19日下午,调研组一行来到云溪。\n" P3 },
    { "no title: it begins with a sentence", P1 "\n" P2 "\n" P3, NULL, NULL, NULL, NULL, NULL, NULL, "", NULL },
    { "jump lines", "要闻\n" P1 "\n(上接第一版)\n" P2 "\n" P3 "\n(下转第三版)", "要闻", NULL, NULL, NULL, NULL, NULL, "", NULL },
};

static void articles(void **state)
{
    int bad = 0;
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct page_out out;
        const struct row *row = &rows[i];
        char authors[256] = "";
        read_bytes(span_of(row->page), i % 2 == 0 ? "file:///articles/1.txt" : "http://www.yxrd.gov.cn/x", i % 2 == 0 ? "" : "text/plain; charset=utf-8",
                   ROLE_ARTICLE, &out);
        if ((bad += lacks(row->name, "is no article", out.class == CLASS_ARTICLE && out.article != NULL)) > 0)
            continue;
        const struct span *f = out.article->f;
        for (size_t k = 0; k < out.article->author_count; k++)
            snprintf(authors + strlen(authors), sizeof(authors) - strlen(authors), "%s%.*s/%.*s", k > 0 ? " " : "",
                     SPAN_FMT(out.article->authors[k].name), SPAN_FMT(out.article->authors[k].role));
        bad += differs(row->name, "title", f[ARTICLE_TITLE], row->title);
        bad += differs(row->name, "subtitle", f[ARTICLE_SUBTITLE], row->subtitle);
        bad += differs(row->name, "published", f[ARTICLE_PUBLISHED], row->published);
        bad += differs(row->name, "source", f[ARTICLE_SOURCE], row->source);
        bad += differs(row->name, "issue", f[ARTICLE_ISSUE], row->issue);
        bad += differs(row->name, "column", f[ARTICLE_COLUMN], row->column);
        bad += differs(row->name, "authors", span_of(authors), row->authors);
        bad += differs(row->name, "text", f[ARTICLE_TEXT], row->text != NULL ? row->text : TEXT);
    }
    assert_int_equal(bad, 0);
}

static void hints_fill_gaps(void **state)
{
    struct page_in in = { .bytes = SPAN(P1 "\n" P3), .url = SPAN("http://a.cn/x.txt"), .final_url = SPAN("http://a.cn/x.txt"), .role = ROLE_ARTICLE,
                          .hint_title = SPAN("列表上的标题"), .hint_date = SPAN("2024-02-02") };
    struct page_out out;
    (void)state;
    page_read(reader, &in, arena, &out);
    int bad = differs("hints", "title", out.article->f[ARTICLE_TITLE], "列表上的标题");
    bad += differs("hints", "published", out.article->f[ARTICLE_PUBLISHED], "2024-02-02");
    assert_int_equal(bad, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(articles), cmocka_unit_test(hints_fill_gaps) };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
