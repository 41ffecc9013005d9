// Two invented kinds: one that spends and one that only looks.
#pragma once

#include "job/document.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ulak::job {

inline std::vector<kind_definition> example_kinds()
{
    using namespace yaml;
    auto message = record(
        "The text.",
        {required("text", template_text("What is said.")), optional("chunk", integer("How many.", 1, 50000), "1000")},
        "text");
    auto send =
        record("Sends.", {required("account", text("Who sends.", "bulk")), required("message", message),
                          optional("list", list("To whom.", template_text("One."))),
                          optional("extra", map("More.", template_text("One."))),
                          optional("pace", rate("How fast.", "10 segments/s")), optional("key", secret("Which."))});
    auto look = record("Looks.", {required("watch", list("What.", text("One."), 1))});
    return {{"sms.send", send, {}, true}, {"balance.watch", look, {"firing", "cleared"}, false}};
}

inline load_environment example_surroundings()
{
    return {time_zone::find("Europe/Istanbul").value(), {"ops", "phone"}};
}

inline std::optional<document> decoded(const std::string& text, yaml::problems& found,
                                       const std::string& path = "jobs.d/x.yaml")
{
    auto doc = decode(text, path, example_kinds(), example_surroundings(), found);
    yaml::sort(found);
    return doc;
}

} // namespace ulak::job
