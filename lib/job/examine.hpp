// A job file with errors, as far as it can be understood: so that a check tells what is wrong with its meaning as well.
#pragma once

#include "job/document.hpp"

namespace ulak::job {

/// As `decode`, but the document comes back although it has errors, with defaults where they are; nullopt only if the
/// text is not YAML or names no kind. Never to be run.
std::optional<document> decode_leniently(std::string text, const std::string& path, const std::vector<kind_definition>& kinds,
                                const load_environment& around, yaml::problems& found);

} // namespace ulak::job
