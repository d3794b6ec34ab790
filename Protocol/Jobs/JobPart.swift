package import Wire

/// The message that has a part of a job: a call of the calculator, and where in the job it belongs.
package struct JobPart: WirePayload {
    package enum Call: Sendable, Equatable {
        case batch(Batch.Request)
        case summarize(Summarize.Request)
    }

    /// From 0.
    package let number: Int
    /// Where its values are in the whole input.
    package let place: ValuePlace
    package let call: Call

    package init(number: Int, place: ValuePlace, call: Call) {
        self.number = number
        self.place = place
        self.call = call
    }

    package init(from reader: inout WireReader) throws(PayloadError) {
        number = Int(try reader.integer(UInt32.self))
        guard number < JobLimits.parts else { throw .overLimit("part", maximum: JobLimits.parts) }
        guard let offset = Int(exactly: try reader.integer(UInt64.self)) else { throw .invalid("offset") }
        place = ValuePlace(after: offset, isUpload: try reader.boolean("upload"))
        switch try reader.integer(UInt16.self) {
        case Batch.id: call = .batch(try Batch.Request(from: &reader))
        case Summarize.id: call = .summarize(try Summarize.Request(from: &reader))
        default: throw .invalid("method")
        }
    }

    package func encode(into sink: inout some ByteSink) {
        sink.append(UInt32(number))
        sink.append(UInt64(place.offset))
        sink.append(place.isUpload)
        switch call {
        case .batch(let request):
            sink.append(Batch.id)
            request.encode(into: &sink)
        case .summarize(let request):
            sink.append(Summarize.id)
            request.encode(into: &sink)
        }
    }
}
