#include "worker/findings/rule_text.h"

const struct rule_text rule_texts[] = {
    { "figure.act_before_count", "An act that needs no object stands right before the number, so the act, or what it "
                                 "was done to before, is counted." },
    { "figure.and_others", "Names and 等 stand right before the number: it says how many they are altogether." },
    { "figure.change",
      "A verb of rising or falling stands before the number: it tells how much the thing before it changed." },
    { "figure.count_before_act", "The measure word is followed by a verb and nothing else is counted, so the act is." },
    { "figure.count_before_subject", "What is counted follows right behind the number and its measure word." },
    { "figure.inherited",
      "Nothing beside the number says what is counted, so it counts what the words or the sentence before spoke of." },
    { "figure.part", "The number breaks down a whole that was given before it (其中, 其余, or the items of a list)." },
    { "figure.rate_before", "The rate that is meant is named in the clause before; here stand only its values." },
    { "figure.share",
      "A verb of making up a share (占) stands before the percentage: it is a part of the thing before it." },
    { "figure.subject_before_count", "What is counted stands before the number and its measure word." },
    { "figure.verb_before_count",
      "Only a verb stands before the number and nothing is named behind it, so it counts what was named last." },
    { "first.claim", "A word such as 首部, 首次, 率先 or 唯一 is followed by the thing that it is said of." },
    { "legislation.consultation", "The draft alone is put out for comments: it is that of the law named last." },
    { "legislation.decision", "A decision or resolution is named by 关于…的决定 or 关于…的决议, without 《》." },
    { "legislation.law_list",
      "The name without 《》 stands in a list of laws, and a verb of making or changing law governs them all." },
    { "legislation.line",
      "The line is the name of a law or rule, under a heading or behind a colon that tells what happened to it." },
    { "legislation.next_step", "A further clause tells of one more step of the law that the sentence begins with." },
    { "legislation.pronoun",
      "该条例 or a like word stands for the law named last, and its sentence tells what happened to it." },
    { "legislation.title",
      "The name in 《》 ends as laws and rules do, and the words around it tell what happened to it." },
    { "legislation.unquoted",
      "A name without 《》 ends as laws and rules do, and a verb of making or changing law governs it." },
    { "meeting.numbered", "The words name a meeting by the number of its term or its own (第…届, 第…次会议)." },
    { "oversight.hear_report",
      "A verb of hearing or considering governs 报告; what stands between them is the topic." },
    { "oversight.law", "The law in 《》 is what was inspected for how it is carried out." },
    { "oversight.object", "The form of supervision is used as a verb, and what follows it is the topic." },
    { "oversight.prepositional",
      "对, 就, 围绕, 针对 or 关于 introduces the topic, and the form of supervision follows or stands before." },
    { "oversight.reported",
      "Somebody reports to the congress: that the congress heard it is the other side of the same act." },
    { "oversight.same_topic",
      "A second form of supervision without a topic of its own shares that of the report heard before it." },
    { "oversight.titled_report",
      "A verb of hearing or considering governs a report in 《》, whose title names the topic." },
    { "oversight.topic_before", "The topic stands right before the form of supervision, as one phrase with it." },
    { "person.appointment", "The name stands in an appointment, removal or election, between its verb and the post." },
    { "person.attending",
      "Several names begin a clause and attend, or stand behind a label such as 出席 with a colon." },
    { "person.known_speaks",
      "Somebody whose post was given before begins the clause, and a verb of speaking follows." },
    { "person.leaving", "The name begins the clause and what follows ends an office: 辞去, 资格终止." },
    { "person.name_before_post", "A surname and a given name stand right before a post." },
    { "person.named_for_all", "A name and 等 stand right before 代表, with or without their number." },
    { "person.names_below_post", "The line holds nothing but names, below a line that ends in their post." },
    { "person.post_before_name", "A surname and a given name follow a post, or another name that does." },
    { "platform.name", "The name ends in 平台, 系统 or the like and has a word in it that makes it digital." },
    { "project.before_count",
      "The names are a list before a count of livelihood projects: 等10件民生实事, or as many names as it says." },
    { "project.inline_list", "A list follows 分别是, 包括, a colon or the like in a sentence about livelihood "
                             "projects, and its items begin or "
                             "end as projects do." },
    { "project.list_item", "The line is a numbered item under a heading about livelihood projects." },
    { "project.named", "A name without quotation marks begins its clause, ends in 项目 or 工程, and the text is about "
                       "livelihood projects." },
    { "project.quoted",
      "The name in quotation marks stands in a sentence about livelihood projects and ends as projects do." },
    { "project.visited",
      "The name is in a list of where those who look at livelihood projects went, and ends as projects do." },
    { "suggestion.line",
      "A line of a list, or what deputies put forward, begins with 关于 and ends in 建议 or 议案, without 《》." },
    { "suggestion.number", "The words name a suggestion or motion by its number alone: 第112号建议." },
    { "suggestion.quoted", "The words in quotation marks begin with 关于 and are called a suggestion or motion." },
    { "suggestion.title", "The title in 《》 ends in 建议 or 议案." },
    { "term.phrase", "Words in quotation marks, or a well-known slogan, counted over the article." },
    { "vote.ballots", "Numbers of 票 stand beside words such as 赞成, 反对, 弃权 or 满意." },
};

const size_t rule_text_count = sizeof(rule_texts) / sizeof(rule_texts[0]);

const char *rule_text(struct span rule)
{
    for (size_t i = 0; i < rule_text_count; i++) {
        if (span_is(rule, rule_texts[i].rule))
            return rule_texts[i].text;
    }
    return NULL;
}
