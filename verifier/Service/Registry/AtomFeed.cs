using System.Text;
using System.Xml;
using IotAttest.Service.Events;
using IotAttest.Service.Hosting;

namespace IotAttest.Service.Registry;

/// <summary>Changes as an Atom feed (RFC 4287).</summary>
internal static class AtomFeed
{
    public const string MediaType = "application/atom+xml; charset=utf-8";

    private const string Namespace = "http://www.w3.org/2005/Atom";

    public static byte[] Write(IReadOnlyList<EventView> newestFirst, PublicAddress address, DateTimeOffset now)
    {
        using MemoryStream stream = new();
        using (XmlWriter xml = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true }))
        {
            xml.WriteStartElement("feed", Namespace);
            Element(xml, "title", "IotAttest registry: changes");
            Element(xml, "id", address.Of("/v1/feed.atom"));
            Link(xml, "self", address.Of("/v1/feed.atom"));
            Link(xml, "alternate", address.Of("/changes"));
            Element(xml, "updated", newestFirst.Count > 0 ? newestFirst[0].At : UtcText.Of(now));
            foreach (EventView change in newestFirst)
            {
                WriteEntry(xml, change, address);
            }

            xml.WriteEndElement();
        }

        return stream.ToArray();
    }

    private static void WriteEntry(XmlWriter xml, EventView change, PublicAddress address)
    {
        ChangeSubject subject = ChangeSubject.Of(change);
        xml.WriteStartElement("entry", Namespace);
        Element(xml, "title", $"{subject.Name}: {subject.What}");
        Element(xml, "id", address.Of($"/v1/registry/changes#{change.Id}"));
        Link(xml, "alternate", address.Of(subject.Path));
        Element(xml, "updated", change.At);
        xml.WriteStartElement("author", Namespace);
        Element(xml, "name", subject.By);
        xml.WriteEndElement();
        Element(xml, "summary", subject.Reason.Length > 0 ? subject.Reason : subject.What);
        xml.WriteEndElement();
    }

    private static void Element(XmlWriter xml, string name, string text) => xml.WriteElementString(name, Namespace, text);

    private static void Link(XmlWriter xml, string relation, string address)
    {
        xml.WriteStartElement("link", Namespace);
        xml.WriteAttributeString("rel", relation);
        xml.WriteAttributeString("href", address);
        xml.WriteEndElement();
    }
}
