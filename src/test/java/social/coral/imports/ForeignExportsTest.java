package social.coral.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import social.coral.api.Failure;
import social.coral.imports.ImportResult.Remark;
import social.coral.networks.Post;

/** What other networks export: nothing of it becomes a post of X, and the refusal says whose it is and what to do. */
class ForeignExportsTest {

    private static final String ID = "1367219507688378369";
    private static final String TIME = "2021-03-03T21:05:07Z";

    private final MemoryStore store = new MemoryStore();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "Discord|{'guild':{'id':'1'},'channel':{'id':'2'},'messages':[{'id':'%ID','type':'Default','timestamp':'%T','timestampEdited':null,'content':'hi','author':{'name':'reef'}}]}",
        "Discord|[{'ID':%ID,'Timestamp':'2021-03-03 21:05:07','Contents':'hi','Attachments':''}]",
        "Discord|[{'id':'%ID','type':0,'content':'hi','author':{'username':'reef'},'timestamp':'%T','edited_timestamp':null,'mention_everyone':false}]",
        "Weibo|[{'created_at':'Wed Mar 03 21:05:07 +0800 2021','id':4610000000000001,'idstr':'4610000000000001','mblogid':'K4','user':{'screen_name':'reef'},'text':'hi','attitudes_count':3}]",
        "Mastodon|{'type':'OrderedCollection','orderedItems':[{'type':'Create','published':'%T','object':{'type':'Note','content':'hi','attributedTo':'https://u.example/a'}}]}",
        "Mastodon|[{'id':'105823000000000001','created_at':'%T','content':'hi','reblogs_count':0,'account':{'username':'reef'}}]",
        "Mastodon|{'_type':'snscrape.modules.mastodon.Toot','date':'%T','content':'hi','id':'105823'}",
        "Fediverse|[{'id':'9abc','text':'hi','createdAt':'%T','visibility':'public','localOnly':false}]",
        "Bluesky|{'feed':[{'post':{'uri':'at://d/app.bsky.feed.post/3k','cid':'b','record':{'text':'hi','createdAt':'%T'}}}]}",
        "Bluesky|{'records':[{'uri':'at://x','cid':'b','value':{'$type':'app.bsky.feed.post','text':'hi','createdAt':'%T'}}]}",
        "Bluesky|[{'text':'hi','createdAt':'%T','langs':['en']}]",
        "Threads|{'text_post_app_text_posts':[{'media':[{'creation_timestamp':1690000000,'title':'hi'}]}]}",
        "Threads|{'data':[{'id':'18031234567890123','media_product_type':'THREADS','text':'hi','timestamp':'2024-06-20T10:00:00+0000','username':'reef'}]}",
        "Instagram|[{'media':[{'uri':'media/posts/1.jpg','creation_timestamp':1690000000,'title':'sea'}]}]",
        "Facebook|[{'timestamp':1614805507,'data':[{'post':'hi'}],'title':'Reef updated his status.'}]",
        "Facebook|{'data':[{'id':'1_2','message':'hi','created_time':'2021-03-03T21:05:07+0000'}]}",
        "Facebook|[{'facebookUrl':'https://www.facebook.com/reef','postId':'10158000000000001','time':'%T','text':'hi'}]",
        "Reddit|[{'id':'%ID','subreddit':'reef','text':'hi','created_at':'%T'}]",
        "Telegram|{'name':'A','type':'personal_chat','id':123,'messages':[{'id':1,'type':'message','date':'2021-03-03T21:05:07','date_unixtime':'1614805507','text':'hi'}]}",
        "TikTok|[{'id':'%ID','text':'hi','created_at':'%T','diggCount':3}]",
        "YouTube|{'kind':'youtube#commentThreadListResponse','items':[{'etag':'e','id':'U','snippet':{'textDisplay':'hi'}}]}",
        "LinkedIn|[{'shareCommentary':'hi','date':'%T'}]",
        "VK|{'items':[{'id':12,'from_id':5,'date':1614805507,'text':'hi'}]}",
        "Hacker News|[{'by':'reef','id':26330000,'kids':[1],'text':'hi','time':1614805507}]",
        "Nostr|{'id':'ab','pubkey':'cd','created_at':1614805507,'content':'hi','sig':'ef'}",
        "a chat|[{'type':'message','user':'U1','text':'hi','ts':'1614805507.000200'}]"})
    void objectsOfAnotherNetworkAreRefusedUnderItsName(String network, String file) {
        refused(network, file.replace('\'', '"').replace("%ID", ID).replace("%T", TIME).getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"Discord|ID,Timestamp,Contents,Attachments", "Weibo|微博id,微博正文,发布时间,点赞数", "LinkedIn|FROM,SENDER PROFILE URL,DATE,CONTENT",
        "LinkedIn|Date,Link,Message", "TikTok|id,text,created_at,diggCount", "YouTube|Comment ID,Video ID,Comment Text,Comment Create Timestamp", "Facebook|facebookUrl,postId,time,text",
        "Reddit|id,permalink,date,subreddit,text", "Bluesky|uri,cid,text,created_at", "Mastodon|id,content,created_at,reblogs_count"})
    void tablesOfAnotherNetworkAreRefusedAlsoIfTheyHaveTheColumnsOfPosts(String network, String header) {
        refused(network, (header + "\n1,2,3,4\n").getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"3aa265726f6f747381d82a5825000171122000", "aea265726f6f747381"})
    void aRepositoryOfBlueskyIsRefused(String hexadecimal) {
        refused("Bluesky", HexFormat.of().parseHex(hexadecimal));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"tweet_id\":{\"0\":\"1\"},\"text\":{\"0\":\"a\"}}", "{\"columns\":[\"text\"],\"index\":[0],\"data\":[[\"a\"]]}"})
    void aTableByItsColumnsSaysHowToWriteIt(String file) {
        assertThatThrownBy(() -> Archives.read(store, file.getBytes(StandardCharsets.UTF_8), "reef"))
                .isInstanceOfSatisfying(Failure.class, failure -> assertThat(failure.sentence()).contains("pandas", "orient=\"records\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"tweets\":{\"0\":%s}}", "{\"data\":[%s],\"includes\":{\"users\":[{\"id\":\"7\",\"username\":\"reef\"}]},\"meta\":{}}"})
    void whatOnlyLooksLikeThemIsRead(String file) {
        ImportResult result = Archives.read(store, file.replace("%s", "{\"id\":\"%s\",\"text\":\"hi\",\"created_at\":\"%s\"}".formatted(ID, TIME)).getBytes(StandardCharsets.UTF_8), "reef");
        assertThat(store.all()).extracting(Post::id).containsExactly(ID);
        assertThat(result.rejected()).extracting(Remark::reason).isEmpty();
    }

    private void refused(String network, byte[] file) {
        assertThatThrownBy(() -> Archives.read(store, file, "reef")).isInstanceOfSatisfying(Failure.class,
                failure -> assertThat(failure.sentence()).contains(network, "Only posts from X can be imported", "request your archive on X"));
        assertThat(store.all()).isEmpty();
    }
}
