#include "job/budget.hpp"

#include "yaml/codes.hpp"

#include <string>

namespace ulak::job {

namespace codes = yaml::codes;

budget read_budget(const yaml::reader& root, bool required, yaml::problems& found)
{
    if (!root.has_valid("budget"))
        return {};
    auto keys = root.record("budget");
    budget limits;
    if (keys.has_valid("run"))
        limits.run = keys.amount("run");
    if (keys.has_valid("day"))
        limits.day = keys.amount("day");
    if (required && !keys.has("run") && !keys.has("day"))
        found.push_back(root.problem_at("budget", std::string(codes::budget_missing), "the budget names no limit",
                                        "write `budget: {run: 50 TRY, day: 200 TRY}`"));
    if (limits.run && limits.day && limits.run->unit == limits.day->unit && limits.run->amount > limits.day->amount) {
        found.push_back(keys.problem_at("run", std::string(codes::budget_limits),
                                        "one run may spend more than a whole day, so the day's limit rules",
                                        "make `run` at most as large as `day`"));
        found.back().level = yaml::severity::warning;
    }
    return limits;
}

} // namespace ulak::job
