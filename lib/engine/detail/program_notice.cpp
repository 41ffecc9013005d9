#include "engine/detail/program_notice.hpp"

#include "core/text.hpp"
#include "engine/detail/subprocess.hpp"
#include "job/text_template.hpp"

namespace ulak::engine {
namespace {

constexpr auto program_time_limit = std::chrono::seconds(30);
/// In letters; the kernel takes 128 KiB. The whole notice stands on standard input.
constexpr std::size_t longest_argument = 16 * 1024;

/// Values come from providers and from those who start runs: none may become an option of the program. Refused, the
/// notice would be lost and who sends such a value could silence it; a blank in front makes it a plain argument.
std::string as_argument(std::string text, const std::string& written)
{
    if (const auto end = text.find('\0'); end != std::string::npos)
        text.resize(end);
    if (text.starts_with('-') && !written.starts_with('-'))
        text.insert(0, 1, ' ');
    return std::string(first_code_points(text, longest_argument));
}

result<std::vector<std::string>> render_arguments(const program& channel, const parsed_notice& notice)
{
    std::vector<std::string> arguments;
    std::string value;
    const job::text_template::lookup find = [&](std::string_view name) {
        value = notice.field(name);
        return &value; // a field that this notice does not have is empty
    };
    for (const auto& a : channel.arguments) {
        if (arguments.empty()) { // which program runs is not for a notice to say
            arguments.push_back(a);
            continue;
        }
        const auto parsed = job::text_template::parse(a);
        if (!parsed)
            return parsed.error();
        auto text = parsed->render(find);
        if (!text)
            return text.error();
        arguments.push_back(as_argument(std::move(*text), a));
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
