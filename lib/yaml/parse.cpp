#include "yaml/parse.hpp"

#include "yaml/codes.hpp"
#include "yaml/detail/character_check.hpp"
#include "yaml/detail/syntax_problem.hpp"
#include "yaml/detail/tree_builder.hpp"
#include "yaml/source_text.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <sstream>

namespace ulak::yaml {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// Throws the place at which a second document starts, so that the parser reads no further.
class document_probe final : public YAML::EventHandler {
  public:
    struct document_start {
        YAML::Mark at;
    };
    void OnDocumentStart(const YAML::Mark& mark) override { throw document_start{mark}; }
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark&, YAML::anchor_t) override {}
    void OnAlias(const YAML::Mark&, YAML::anchor_t) override {}
    void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t, const std::string&) override {}
    void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {}
    void OnSequenceEnd() override {}
    void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {}
    void OnMapEnd() override {}
};

std::size_t offset_of(const source_text& source, const YAML::Mark& mark)
{
    if (mark.is_null())
        return 0;
    return source.offset(static_cast<std::size_t>(mark.line), static_cast<std::size_t>(mark.column));
}

/// The problem for text that yaml-cpp left unread: a second document, or a slip that it passed over, such as a lone
/// comma.
problem trailing_problem(const source_text& source, std::size_t offset)
{
    auto rest = source.text().substr(offset);
    auto ended = source.text().substr(0, offset).rfind("\n...") != std::string_view::npos;
    if (ended || rest.starts_with("---"))
        return source.problem_at(offset, codes::second_document, "a second document begins here",
                                 "keep one document in a file");
    return source.problem_at(offset, codes::syntax, "this does not belong to anything above",
                             "check the indentation and the quotes");
}

std::optional<node> read_tree(const source_text& source, problems& found)
{
    std::istringstream in{std::string(source.text())};
    tree_builder builder(source, found);
    document_probe rest;
    try {
        YAML::Parser parser(in);
        if (!parser.HandleNextDocument(builder)) {
            add_problem(found, {source.problem_at(0, codes::empty_file, "the file is empty", "")});
            return std::nullopt;
        }
        // Asked once only: on some texts yaml-cpp finds documents for ever without moving on.
        parser.HandleNextDocument(rest);
        return builder.take();
    } catch (const document_probe::document_start& next) {
        add_problem(found, trailing_problem(source, offset_of(source, next.at)));
    } catch (const YAML::Exception& e) {
        add_problem(found, syntax_problem(source, offset_of(source, e.mark), e.msg));
    } catch (const limit_exceeded&) {
        // reported where it was thrown
    }
    return std::nullopt;
}

problem file_problem(const std::string& file, std::string_view code, std::string text, std::string hint)
{
    return {{file, 0, 0}, severity::error, std::string(code), std::move(text), std::move(hint), {}};
}

} // namespace

std::optional<document> parse(std::string text, std::string file, problems& found)
{
    if (text.size() > max_file_bytes) {
        add_problem(found, file_problem(file, codes::too_large,
                                        "larger than " + std::to_string(max_file_bytes / 1024) + " KiB",
                                        "keep long lists in a CSV file"));
        return std::nullopt;
    }
    if (text.starts_with(byte_order_mark))
        text.erase(0, byte_order_mark.size());
    source_text source(text, file);
    if (!check_characters(source, found))
        return std::nullopt;
    auto root = read_tree(source, found);
    if (!root)
        return std::nullopt;
    return document{std::move(file), std::move(text), std::move(*root)};
}

} // namespace ulak::yaml
