#include "engine/detail/subprocess.hpp"
#include "engine/detail/delivery.hpp"
#include "job/text_template.hpp"

namespace ulak::engine {
namespace {

constexpr auto time_limit = std::chrono::seconds(30);

result<std::vector<std::string>> render_arguments(const program& way, const parsed_notice& what)
{
    std::vector<std::string> arguments;
    std::string value;
    const job::text_template::lookup find = [&](std::string_view name) {
        value = what.field(name);
        return &value; // a field that this notice does not have is empty
    };
    for (const auto& a : way.arguments) {
        const auto parsed = job::text_template::parse(a);
        if (!parsed)
            return parsed.error();
        auto text = parsed->render(find);
        if (!text)
            return text.error();
        arguments.push_back(std::move(*text));
    }
    return arguments;
}

} // namespace

task<attempt> deliver_to_program(shared_state& c, const program& way, const parsed_notice& what)
{
    auto arguments = render_arguments(way, what);
    if (!arguments)
        co_return attempt(arguments.error(), false);
    auto ended =
        co_await run_program(c.deps.ex, c.deps.time, std::move(*arguments), what.notice.body, c.steady_in(time_limit));
    if (!ended)
        co_return attempt(ended.error(), true);
    co_return attempt();
}

} // namespace ulak::engine
