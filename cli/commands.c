#include "cli/command.h"

#include <stdio.h>
#include <string.h>

#define CONFIG_OPTION "  -c, --config FILE    the settings (default: ./renda.yaml, then /etc/renda/renda.yaml)\n"
#define HELP_OPTION   "  -h, --help           this text\n"

const struct command commands[] = {
    { "add", "look at a site and propose its entry for the config",
      "usage: renda add [-c FILE] [--contact WHO] [--delay TIME] [--pages N] [--json] URL\n"
      "\n"
      "Looks at a site from its home page, as its robots.txt allows, and prints an entry for it, ready to be included: "
      "its "
      "list\n"
      "pages, feeds and sitemaps, what the addresses of its articles look like, and whose site it is. Comments below "
      "it tell\n"
      "how ten of its articles are read. Nothing is stored. The exit code is 1 when nothing was found.\n"
      "\n" CONFIG_OPTION "                       its contact, user agent and limits are used\n"
      "      --contact WHO    an e-mail address or a page: who asks, in the user agent; needed where no config says "
      "it\n"
      "      --delay TIME     between two requests to the site (default: 1s; on this machine 0)\n"
      "      --pages N        look at so many pages at most, beside ten articles (default: 40)\n"
      "  -j, --json           as one JSON document\n" HELP_OPTION "\n"
      "examples:\n"
      "  renda add --contact you@example.org http://www.example.org/ > sites/example.yaml\n"
      "  renda add -c renda.yaml --json https://www.example.org/\n"
      "  renda add file:///home/me/saved-pages/\n",
      cmd_add },
    { "check", "read the config and try every site in it",
      "usage: renda check [-c FILE] [--offline | --json]\n"
      "       renda check [-c FILE] [--contact WHO] [--offline | --json] ENTRIES\n"
      "       renda check --sample\n"
      "\n"
      "Reads the config, compiles its patterns, fetches every start page and one article of it, and prints a row for "
      "each.\n"
      "Nothing is stored. The exit code is 1 when anything is wrong.\n"
      "Of a site with selectors up to five articles are read, and a second table tells on how many of them each "
      "selector\n"
      "gave something.\n"
      "ENTRIES is a folder of entries, or a file of them, to be checked instead, with the config's contact and "
      "limits.\n"
      "\n" CONFIG_OPTION "      --contact WHO    who visits, where no config says it\n"
      "      --offline        fetch nothing: read the config only\n"
      "  -j, --json           as JSON\n"
      "      --sample         print a commented sample config and end\n" HELP_OPTION "\n"
      "examples:\n"
      "  renda check --sample > renda.yaml\n"
      "  renda check -c renda.yaml\n"
      "  renda check --contact you@example.org deploy/sites\n",
      cmd_check },
    { "congresses", "list the congresses: divisions, codes, what each may make",
      "usage: renda congresses [PLACE] [--level LEVEL] [-f FORMAT]\n"
      "\n"
      "Every congress of an administrative division to county level (GB/T 2260), its kind, and what it may make by "
      "the\n"
      "Legislation Law. Divisions without a congress of their own are listed too.\n"
      "\n"
      "  PLACE                a part of the name of the division or of one above it, or the beginning of its code\n"
      "  -l, --level LEVEL    province, prefecture or county\n"
      "  -f, --format FORMAT  table (default), csv, ndjson or json\n" HELP_OPTION "\n"
      "examples:\n"
      "  renda congresses 恩施\n"
      "  renda congresses 42 --level prefecture --format csv\n",
      cmd_congresses },
    { "demo", "watch three bundled sample congress sites",
      "usage: renda demo [--dir DIR] [--articles N] [--once] [--keep]\n"
      "\n"
      "Serves three fictional congresses on this machine, watches them as 'renda run' would, and compares what was "
      "stored\n"
      "with what was published. Needs no network. Goes on watching until Ctrl-C.\n"
      "\n"
      "  -d, --dir DIR        where the config and the database go (default: ./renda-demo)\n"
      "  -n, --articles N     articles of each site (default: 300)\n"
      "      --once           end when everything is stored: 0 when nothing is missing, else 1\n"
      "      --keep           keep what an earlier demo stored in DIR\n" HELP_OPTION "\n"
      "examples:\n"
      "  renda demo\n"
      "  renda demo --once --articles 1000 --dir /tmp/demo\n",
      cmd_demo },
    { "help", "explain a command",
      "usage: renda help [COMMAND]\n"
      "\n"
      "example:\n"
      "  renda help query\n",
      cmd_help },
    { "parse", "read articles and print what they say, storing nothing",
      "usage: renda parse [--explain | --json [--output-dir DIR]] [OPTION …] FILE|URL|-…\n"
      "       renda parse --schema | --document\n"
      "\n"
      "Reads each page (HTML, plain text, PDF, DOCX; - is standard input) and prints the article's fields and its\n"
      "findings as a table, and what the page leads to that belongs to the article.\n"
      "\n"
      "  -e, --explain        each finding in its sentence, in words, and why it was taken\n"
      "  -j, --json           as JSON; of several pages, one line for each\n"
      "  -o, --output-dir DIR with --json: write DIR/NAME.json for each page (001.txt gives 001.json)\n"
      "      --role ROLE      article (default), list, feed or sitemap: the last three print links\n"
      "      --site-org ORG   the congress whose site it is, for '市人大常委会' without a name\n"
      "      --region PLACE   its place\n"
      "      --level LEVEL    national, province, prefecture, county, township, subdistrict or area\n"
      "      --lexicon FILE   your own words, beside those compiled in\n"
      "  -s, --site NAME      read them with the settings of this site of the config, its selectors too\n"
      "  -c, --config FILE    that config (default: ./renda.yaml, then /etc/renda/renda.yaml)\n"
      "      --schema         print the JSON Schema of the documents that --json prints\n"
      "      --document       print FINDINGS.md: every kind, field, word and measure\n" HELP_OPTION "\n"
      "examples:\n"
      "  renda parse article.html\n"
      "  renda parse --explain article.html\n"
      "  renda parse --json --output-dir out pages/*.txt\n"
      "  renda parse --role list http://www.example.org/news/\n"
      "  renda parse -c my.yaml --site 示例市人大 page.html\n",
      cmd_parse },
    { "producer", "fetch pages and hand them to the workers (one role)",
      "usage: renda producer [-c FILE]\n"
      "\n"
      "One part of the ring, in the foreground; 'renda run' starts all of them.\n"
      "\n" CONFIG_OPTION HELP_OPTION "\n"
      "example:\n"
      "  renda producer -c renda.yaml\n",
      cmd_producer },
    { "query", "print what was found, as a table, CSV or JSON",
      "usage: renda query [KIND] [FILTER …] [-f FORMAT]\n"
      "\n"
      "KIND: figure (default), legislation, meeting, oversight, suggestion, project, vote, person, platform, first,\n"
      "      article, part (further pages and attachments), compare (one figure for each congress, measure and "
      "period,\n"
      "      with a note where its articles differ)\n"
      "\n"
      "  -s, --site NAME      of one site           --org NAME       of one congress (a part of its name is enough)\n"
      "      --region PLACE   of one place          --level LEVEL    province, prefecture, county, …\n"
      "  -m, --metric KEY     of one measure, for example meetings.chairpersons; a key may end in *\n"
      "      --since DATE     published on or after (2025, 2025-03 or 2025-03-05)\n"
      "      --until DATE     published on or before\n"
      "  -t, --text WORDS     the evidence or the title holds WORDS\n"
      "  -n, --limit N        at most N rows, the latest first (default: 100 in a table, else all; 0: all)\n"
      "  -f, --format FORMAT  table (default), csv, ndjson or json; all but the table print every column.\n"
      "                       csv is for spreadsheets: a text that they would run as a formula gets an "
      "apostrophe\n" CONFIG_OPTION HELP_OPTION "\n"
      "examples:\n"
      "  renda query figure --metric 'meetings.*' --since 2025\n"
      "  renda query compare --metric meetings.chairpersons --level province\n"
      "  renda query legislation --org 武汉 --format csv > laws.csv\n",
      cmd_query },
    { "retry", "put quarantined pages back",
      "usage: renda retry [-c FILE] ID|--all\n"
      "\n"
      "'renda status' lists what is quarantined and why, and what of an article was fetched and could not be read:\n"
      "such an article is read once more.\n"
      "\n"
      "  -a, --all            all of them\n" CONFIG_OPTION HELP_OPTION "\n"
      "examples:\n"
      "  renda retry 42\n"
      "  renda retry --all\n",
      cmd_retry },
    { "run", "watch the sites of the config: every role on this machine, supervised",
      "usage: renda run [-c FILE]\n"
      "\n"
      "Starts the producer, the workers and the sink, starts again what dies, and merges their logs on standard "
      "error.\n"
      "Ctrl-C or SIGTERM finishes what is begun and ends; a second one ends at once.\n"
      "RENDA_LOG=debug|info|warn|error sets how much is logged.\n"
      "\n" CONFIG_OPTION HELP_OPTION "\n"
      "example:\n"
      "  renda run -c renda.yaml\n",
      cmd_run },
    { "sink", "store results and publish what is new (one role)",
      "usage: renda sink [-c FILE]\n"
      "\n"
      "One part of the ring, in the foreground; 'renda run' starts all of them.\n"
      "\n" CONFIG_OPTION HELP_OPTION "\n"
      "example:\n"
      "  renda sink -c renda.yaml\n",
      cmd_sink },
    { "status", "how the watching stands: queue, rates, sites, quarantine",
      "usage: renda status [-c FILE] [--json] [--watch]\n"
      "\n"
      "Shows what waits and what is stored, each site's state, pages that are not read or not wholly (troubles), "
      "selectors\n"
      "and whether they still match, the roles that run, pages that were given up (quarantined), and parts missing "
      "from\n"
      "articles (unread). A section without rows is left out.\n"
      "\n"
      "  -j, --json           as JSON\n"
      "  -w, --watch          again every two seconds\n" CONFIG_OPTION HELP_OPTION "\n"
      "example:\n"
      "  renda status --watch\n",
      cmd_status },
    { "worker", "parse pages in a cage (one role; as many as wanted)",
      "usage: renda worker [-c FILE]\n"
      "\n"
      "One part of the ring, in the foreground; 'renda run' starts all of them. More may join and leave at any time.\n"
      "\n" CONFIG_OPTION HELP_OPTION "\n"
      "example:\n"
      "  renda worker -c renda.yaml\n",
      cmd_worker },
};

const size_t command_count = sizeof(commands) / sizeof(commands[0]);

const struct command *command_find(const char *name)
{
    for (size_t i = 0; i < command_count; i++) {
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];
    }
    return NULL;
}

void command_list(FILE *out)
{
    fputs("Renda watches the websites of people's congresses and keeps what they say they did.\n"
          "\n"
          "usage: renda COMMAND [OPTION …]\n"
          "\n",
          out);
    for (size_t i = 0; i < command_count; i++)
        fprintf(out, "  %-11s %s\n", commands[i].name, commands[i].help);
    fputs("\n"
          "  renda COMMAND --help    a command's options, with examples\n"
          "  renda --version\n"
          "\n"
          "To see it work:   renda demo\n"
          "To begin:         renda check --sample > renda.yaml, name your sites in it, renda check, renda run\n",
          out);
}
