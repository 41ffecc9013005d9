// A table with a key of every type, and what checking a text against it finds.
#pragma once

#include "yaml/parse.hpp"
#include "yaml/problem.hpp"
#include "yaml/reader.hpp"
#include "yaml/shape.hpp"
#include "yaml/shape_check.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ulak::yaml {

inline shape_ptr example_table()
{
    auto limited = std::make_shared<shape>(*text("A short text."));
    limited->least = 2;
    limited->most = 4;
    auto interval = std::make_shared<shape>(*duration("At least a second.", "15m"));
    interval->least = 1000;
    auto account =
        record("An account.", {required("provider", text("Who.")), optional("port", integer("Where.", 1, 65535))});
    auto wait =
        record("How long.", {required("code", duration("For the code.", "4m")), optional("max", duration("At most."))},
               "code");
    auto rule = record("A rule.", {required("when", list("Moments.", text("One."), 1)), required("to", text("Whom."))});
    return record("An example.", {
                                     required("name", text("What it is called.", "otp")),
                                     required("count", integer("How many.", 1, 100)),
                                     optional("short", limited),
                                     optional("greeting", template_text("What is said.")),
                                     optional("on", boolean("Whether."), "true"),
                                     optional("wait", wait),
                                     optional("every", interval, "5m"),
                                     optional("price", amount("How much.", "12 TRY"), "1.50 TRY"),
                                     optional("pace", rate("How fast.", "20 requests/s"), "10 segments/s"),
                                     optional("mode", choice("Which.", {"fast", "slow"}), "slow"),
                                     optional("password", secret("Which secret.")),
                                     optional("to", list("Whom.", text("One."), 1, 3), "[ops, phone]"),
                                     optional("accounts", map("Accounts.", account)),
                                     optional("extra", any("Anything.")),
                                     optional("notify", list("Rules.", rule)),
                                 });
}

/// "line:column code" of each problem, in order.
inline std::vector<std::string> places(problems found)
{
    sort(found);
    std::vector<std::string> out;
    for (const auto& p : found)
        out.push_back(std::to_string(p.at.line) + ":" + std::to_string(p.at.column) + " " + p.code);
    return out;
}

inline problems problems_of(const std::string& source)
{
    problems found;
    if (auto doc = parse(source, "x.yaml", found))
        check(*doc, *example_table(), found);
    return found;
}

inline std::vector<std::string> places_of(const std::string& source)
{
    return places(problems_of(source));
}

/// The one problem whose code is asked for; an empty one if there is none.
inline problem problem_of(const std::string& source, const std::string& code)
{
    for (auto& p : problems_of(source))
        if (p.code == code)
            return p;
    return {};
}

struct bad_text {
    std::string source;
    std::vector<std::string> found;
};

} // namespace ulak::yaml
