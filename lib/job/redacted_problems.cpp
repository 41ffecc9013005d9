#include "job/redacted_problems.hpp"

#include "events/redactor.hpp"

namespace ulak::job {

void redact(yaml::problems& found)
{
    const auto& secrets = events::process_redactor();
    for (yaml::problem& p : found)
        for (std::string* shown : {&p.text, &p.hint, &p.source})
            if (secrets.contains_secret(*shown))
                *shown = secrets.redact(*shown);
}

} // namespace ulak::job
