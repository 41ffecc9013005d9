#include "engine/detail/program_notice.hpp"

#include "engine/detail/subprocess.hpp"
#include "job/text_template.hpp"

namespace ulak::engine {
namespace {

constexpr auto program_time_limit = std::chrono::seconds(30);

result<std::vector<std::string>> render_arguments(const program& channel, const parsed_notice& notice)
{
    std::vector<std::string> arguments;
    std::string value;
    const job::text_template::lookup find = [&](std::string_view name) {
        value = notice.field(name);
        return &value; // a field that this notice does not have is empty
    };
    for (const auto& a : channel.arguments) {
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

task<attempt> deliver_to_program(shared_state& shared, const program& channel, const parsed_notice& notice)
{
    auto arguments = render_arguments(channel, notice);
    if (!arguments)
        co_return attempt(arguments.error(), false);
    const auto deadline = shared.steady_in(program_time_limit);
    auto ended =
        co_await run_program(shared.deps.ex, shared.deps.time, std::move(*arguments), notice.notice.body, deadline);
    if (!ended)
        co_return attempt(ended.error(), true);
    co_return attempt();
}

} // namespace ulak::engine
