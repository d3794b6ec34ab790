extension ParsedDocument {
    /// As `MarkdownText.visibleBlocks` says.
    func visibleBlocks() -> [String] {
        var blocks: [String] = []
        var block = BlockText()
        walk { node, entering in
            switch (node.kind, entering) {
            case (.textBlock, true):
                block = BlockText()
            case (.textBlock, false):
                let text = block.joined()
                if !text.isEmpty { blocks.append(text) }
            case (.text, _):
                block.append(text: node.literal)
            case (.lineBreak, _):
                block.append(text: "\n")
            case (.htmlInline, _):
                block.append(html: node.literal)
            case (.omittedLeaf, _):
                block.appendOmission()
            case (.omittedTree, true):
                block.appendOmission()
                return .skipChildren
            case (.omittedTree, false), (.transparent, _):
                break
            }
            return .on
        }
        return blocks
    }
}
