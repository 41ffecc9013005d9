// Files that people had, and what must be said of them: tests/daemon/field/files.jsonl. A line is a job's `text` (or
// its bytes), or one `edit` of an account's line of ulak.yaml.
#include "support/folder.hpp"
#include "ulakd/check.hpp"
#include "ulakd/sarif.hpp"

#include "core/utf8.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <fstream>
#include <regex>
#include <string>

BOOST_AUTO_TEST_SUITE(field_files_)

using namespace ulak;
using namespace ulak::daemon;
namespace json = boost::json;

namespace {

constexpr const char* accounts[][2] = {
    {"topl", R"(  topl: {provider: toplusms, username: "5551112233", password: {secret: topl-password}})"},
    {"tamonay", "  tamonay: {provider: tamonay, token: {secret: tamonay-token}}"},
    {"numbers",
     "  numbers: {provider: smmonayim-numbers, key: {secret: smm-key}, shared: false, cancel: {not_before: 0s, "
     "free_until: 10m}}"},
    {"panel", "  panel: {provider: smmonayim-panel, key: {secret: panel-key}}"}};

std::string text_of(const json::object& o, std::string_view key)
{
    const auto* v = o.if_contains(key);
    return v && v->is_string() ? std::string(v->get_string()) : std::string();
}

std::string bytes_of(const std::string& hex)
{
    std::string out;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
        out.push_back(static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16)));
    return out;
}

bool matches(const std::string& text, const json::value& pattern)
{
    return std::regex_search(text, std::regex(std::string(pattern.as_string()), std::regex::icase));
}

struct field_case {
    json::object said{};
    tests::folder dir{};
    std::size_t edited_line = 0;

    explicit field_case(json::object one) : said(std::move(one))
    {
        for (const char* name : {"topl-password", "tamonay-token", "smm-key", "panel-key"})
            dir.write(std::string("secrets/") + name, "x1x1x1x1");
        dir.write("ulak.yaml", configuration());
        dir.write("jobs.d/.keep", "");
        if (text_of(said, "file") != "ulak.yaml")
            dir.write(text_of(said, "file"),
                      said.contains("bytes_hex") ? bytes_of(text_of(said, "bytes_hex")) : text_of(said, "text"));
    }

    std::string configuration()
    {
        std::string text = "version: 1\nstate_dir: state\naccounts:\n";
        std::size_t line = 3;
        for (const auto& [name, written] : accounts) {
            std::string account = written;
            ++line;
            const auto* edit = said.if_contains("edit");
            if (edit && text_of(edit->as_object(), "in") == std::string("accounts.") + name) {
                const auto old = text_of(edit->as_object(), "old");
                account.replace(account.find(old), old.size(), text_of(edit->as_object(), "new"));
                edited_line = line;
            }
            text += account + "\n";
        }
        return text;
    }

    bool at_place(const yaml::problem& p) const
    {
        const auto& place = said.at("place");
        if (place.is_string())
            return p.at.line == edited_line;
        for (const auto& one : place.as_array()) {
            const auto& column = one.as_array().at(1);
            if (one.as_array().at(0).to_number<std::size_t>() == p.at.line &&
                (column.is_null() || column.to_number<std::size_t>() == p.at.column))
                return true;
        }
        return false;
    }

    bool fits(const yaml::problem& p) const
    {
        const std::string text = p.text + "\n" + p.hint;
        const std::string level = p.level == yaml::severity::error ? "error" : "warning";
        bool all = at_place(p) && matches(level, said.at("severity")) && p.code.starts_with(text_of(said, "class"));
        for (const auto& pattern : said.at("must").as_array())
            all = all && matches(text, pattern);
        return all;
    }

    void judge()
    {
        const auto report = check_files(dir.at("ulak.yaml"), {}, false);
        if (said.at("severity").is_null()) {
            BOOST_TEST(check_text(report, false).starts_with("no problems"), check_text(report, false));
            return;
        }
        BOOST_TEST(std::ranges::any_of(report.problems, [&](const auto& p) { return fits(p); }),
                   check_text(report, false));
        if (const auto* only = said.if_contains("only"); only && only->as_bool())
            BOOST_TEST(report.problems.size() == 1u, check_text(report, false));
        for (const std::string& shown : {check_text(report, false), check_json(report), check_sarif(report)}) {
            BOOST_TEST(decode_utf8(shown).has_value());
            const auto* never = said.if_contains("must_not");
            for (std::size_t i = 0; never && said.contains("edit") && i < never->as_array().size(); ++i)
                BOOST_TEST(!matches(shown, never->as_array()[i]), shown);
        }
        if (const auto* never = said.if_contains("must_not"))
            for (const auto& pattern : never->as_array())
                for (const auto& p : report.problems)
                    BOOST_TEST(!matches(p.text + "\n" + p.hint, pattern), p.text);
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(each_is_told_where_it_can_be_mended)
{
    std::ifstream in(ULAK_SOURCE_DIR "/tests/daemon/field/files.jsonl");
    std::size_t cases = 0;
    for (std::string line; std::getline(in, line); ++cases) {
        auto one = json::parse(line).as_object();
        BOOST_TEST_CONTEXT(text_of(one, "id"))
        {
            field_case(std::move(one)).judge();
        }
    }
    BOOST_TEST(cases == 22u);
}

BOOST_AUTO_TEST_CASE(what_may_be_a_secret_is_shown_nowhere)
{
    for (const char* line :
         {"  panel: {provider: smmonayim-panel, kye: CANARY9}", "  panel: {provider: smmonayim-panel, key:CANARY9}",
          "  panel: {provider: smmonayim-panel, key: {env: canary-CANARY9}}",
          "  panel: {provider: smmonayim-panel, key: {secret: 0a1bCANARY9f2c3d4e5f60718293}}",
          "  panel: {provider: smmonayim-panel, key: {secrt: CANARY9}}",
          "  panel: {provider: smmonayim-panel, key: 'CANARY9}", "  panel: {provider: smmonayim-panel, key: {CANARY9}}",
          "  panel: {provider: smmonayim-panel, key: CANARY9",
          "  panel:\n    provider: smmonayim-panel\n    kye:\n      CANARY9",
          "  panel:\n    provider: smmonayim-panel\n    key: CANARY9: x", "  panel: CANARY9",
          "  panel: {provider: smmonayim-panel, tokn: [CANARY9, b]}"}) {
        tests::folder dir;
        dir.write("ulak.yaml", std::string("version: 1\nstate_dir: state\naccounts:\n") + line + "\n");
        dir.write("jobs.d/.keep", "");
        const auto report = check_files(dir.at("ulak.yaml"), {}, false);
        BOOST_TEST(yaml::has_errors(report.problems), line);
        for (const std::string& shown : {check_text(report, false), check_json(report), check_sarif(report)})
            BOOST_TEST(shown.find("CANARY9") == std::string::npos, line << "\n" << shown);
    }
}

BOOST_AUTO_TEST_SUITE_END()
