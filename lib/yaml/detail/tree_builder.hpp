// Builds our tree from yaml-cpp's events, with the checks that the finished tree could no longer make.
#pragma once

#include "yaml/document.hpp"
#include "yaml/node.hpp"
#include "yaml/source_text.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/mark.h>

#include <string>
#include <vector>

namespace ulak::yaml {

/// Thrown out of the parser when a limit is exceeded; the problem is reported already.
struct limit_exceeded {};

/// For one document. Both references must outlive it.
class tree_builder final : public YAML::EventHandler {
  public:
    tree_builder(const source_text& source, problems& found) : source_(source), found_(found) {}

    node take() { return std::move(root_); }

    void OnDocumentStart(const YAML::Mark&) override {}
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override;
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override;
    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value style) override;
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value style) override;
    void OnMapEnd() override;

  private:
    struct frame {
        node* container;
        bool value_next = false;    ///< of a map: its last member still lacks the value
        std::size_t key_offset = 0; ///< of a map: where its last key begins
    };

    std::size_t offset(const YAML::Mark& mark) const;
    void report(std::size_t offset, std::string_view code, std::string text, std::string hint = {});
    node& slot(std::size_t offset);
    node& fill(node::kind kind, std::size_t offset, const std::string& tag, YAML::anchor_t anchor);
    void open(node::kind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor);
    void close() { open_.pop_back(); }
    void check_scalar(std::size_t offset, const node& scalar);
    void drop_invalid_members(node& map);
    std::size_t offset_of_null(std::size_t offset) const;
    void check_colon();

    const source_text& source_;
    problems& found_;
    node root_{};
    std::vector<frame> open_;
    std::size_t count_ = 0;
};

} // namespace ulak::yaml
