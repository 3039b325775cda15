package importers

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// text writes a text as a JSON string, for the envelopes that hold JSON as text.
func jsonText(s string) string {
	b, _ := json.Marshal(s)
	return string(b)
}

func packedText(s string) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Write([]byte(s))
	z.Close()
	return base64.StdEncoding.EncodeToString(b.Bytes())
}

const awsAlarm = `{"AlarmName":"queue-depth","AlarmArn":"arn:aws:cloudwatch:eu-west-1:123456789012:alarm:queue-depth","AWSAccountId":"123456789012","NewStateValue":"ALARM","OldStateValue":"OK",` +
	`"NewStateReason":"Threshold Crossed","StateChangeTime":"2026-03-04T14:00:00.123+0000","Region":"EU (Ireland)","Trigger":{"MetricName":"Depth","Namespace":"AWS/SQS","Dimensions":[{"value":"orders","name":"QueueName"}]}}`

func bus(source, what, detail string) string {
	return fmt.Sprintf(`{"version":"0","id":"e-%x","detail-type":%q,"source":%q,"account":"123456789012","time":"2026-03-04T14:00:00Z","region":"eu-west-1","resources":["arn:aws:ecs:eu-west-1:123456789012:service/shop/orders"],"detail":%s}`+"\n", len(what)*1000+len(detail), what, source, detail)
}

func TestAWS(t *testing.T) {
	logs := `{"messageType":"DATA_MESSAGE","owner":"123456789012","logGroup":"/aws/lambda/orders","logStream":"s","subscriptionFilters":["f"],"logEvents":[{"id":"l1","timestamp":1772632800123,"message":"[ERROR] boom\nat line 1"},{"id":"l2","timestamp":1772632800124,"message":"{\"level\":\"info\",\"msg\":\"fine\"}"}]}`
	wantLogs := "2026-03-04T14:00:00.123Z signal||/aws/lambda/orders|[ERROR] boom\n2026-03-04T14:00:00.124Z log||/aws/lambda/orders|fine\n"
	call := `{"eventVersion":"1.08","userIdentity":{"type":"AssumedRole","arn":"arn:aws:sts::123456789012:assumed-role/Admin/ada"},"eventTime":"2026-03-04T14:00:00Z","eventSource":"ecs.amazonaws.com","eventName":"UpdateService","awsRegion":"eu-west-1","requestParameters":{"service":"orders","desiredCount":2},"eventID":"c1","readOnly":false}`
	const arrow = "queue-depth: OK → ALARM\n"
	for name, c := range map[string]struct{ text, want string }{
		"an alarm through a topic to a function": {`{"Records":[{"EventSource":"aws:sns","Sns":{"Type":"Notification","MessageId":"m1","TopicArn":"arn:aws:sns:eu-west-1:123456789012:ops","Message":` + jsonText(awsAlarm) + `,"Timestamp":"2026-03-04T14:00:01Z"}}]}`, "2026-03-04T14:00:00.123Z alert||orders|" + arrow},
		"an alarm through a topic to a queue":    {`{"Messages":[{"MessageId":"q1","ReceiptHandle":"r","Body":` + jsonText(`{"Type":"Notification","MessageId":"m1","TopicArn":"arn:aws:sns:eu-west-1:123456789012:ops","Message":`+jsonText(awsAlarm)+`,"Timestamp":"2026-03-04T14:00:01Z"}`) + `}]}`, "2026-03-04T14:00:00.123Z alert||orders|" + arrow},
		"an alarm by itself, twice":              {awsAlarm + "\n" + awsAlarm, "2026-03-04T14:00:00.123Z alert||orders|" + arrow},
		"messages of a topic": {`{"Type":"Notification","MessageId":"m1","TopicArn":"arn:aws:sns:eu-west-1:123456789012:ops","Subject":"Deployment done","Message":"orders 7\nby ada","Timestamp":"2026-03-04T14:00:01.5Z"}` +
			`{"Type":"SubscriptionConfirmation","MessageId":"m2","TopicArn":"arn:aws:sns:eu-west-1:123456789012:ops","Message":"You have chosen","Timestamp":"2026-03-04T14:00:02Z"}`,
			"2026-03-04T14:00:01.5Z deploy||ops|Deployment done\n2026-03-04T14:00:02Z note||ops|SNS subscription confirmation\n"},
		"events of a bus": {bus("aws.codedeploy", "CodeDeploy Deployment State-change Notification", `{"application":"orders","deploymentId":"d-7","state":"FAILURE"}`) +
			bus("aws.codepipeline", "CodePipeline Action Execution State Change", `{"pipeline":"orders","stage":"Prod","action":"Deploy","state":"FAILED"}`) +
			bus("aws.cloudwatch", "CloudWatch Alarm State Change", `{"alarmName":"depth","state":{"value":"OK","reason":"fine","timestamp":"2026-03-04T14:00:00.000+0000"},"previousState":{"value":"ALARM"}}`) +
			bus("aws.ecs", "ECS Task State Change", `{"group":"service:orders","lastStatus":"STOPPED","stoppedReason":"OutOfMemory"}`) + bus("aws.ecs", "ECS Deployment State Change", `{"eventType":"ERROR","eventName":"SERVICE_DEPLOYMENT_FAILED","reason":"circuit breaker"}`) +
			bus("aws.health", "AWS Health Event", `{"service":"RDS","eventTypeCode":"AWS_RDS_OPERATIONAL_ISSUE","statusCode":"open","eventDescription":[{"language":"en_US","latestDescription":"slow disks"}]}`) +
			bus("aws.autoscaling", "EC2 Instance Terminate Successful", `{"AutoScalingGroupName":"web","EC2InstanceId":"i-1","Cause":"by hand"}`) +
			bus("aws.ec2", "EC2 Instance State-change Notification", `{"instance-id":"i-1","state":"terminated"}`) + bus("com.example.shop", "Flag Changed", `{"flag":"new-cart"}`) +
			bus("aws.ecs", "AWS API Call via CloudTrail", call),
			"2026-03-04T14:00:00Z deploy||orders|orders d-7: FAILURE\n2026-03-04T14:00:00Z deploy||orders|orders / Prod / Deploy: FAILED\n2026-03-04T14:00:00Z status||depth|depth: ALARM → OK\n" +
				"2026-03-04T14:00:00Z signal||orders|orders: STOPPED\n2026-03-04T14:00:00Z deploy||orders|orders: SERVICE_DEPLOYMENT_FAILED\n2026-03-04T14:00:00Z alert||RDS|RDS: AWS_RDS_OPERATIONAL_ISSUE: open\n" +
				"2026-03-04T14:00:00Z change||web|web: EC2 Instance Terminate Successful\n2026-03-04T14:00:00Z signal||i-1|i-1: terminated\n2026-03-04T14:00:00Z signal||com.example.shop|orders: Flag Changed\n2026-03-04T14:00:00Z change|ada|ecs|UpdateService\n"},
		"a subscription to a function": {`{"awslogs":{"data":"` + packedText(logs) + `"}}`, wantLogs},
		"a subscription to a stream":   {`{"Records":[{"kinesis":{"data":"` + packedText(logs) + `","approximateArrivalTimestamp":1772632801.5},"eventID":"s:1"}]}`, wantLogs},
		"a batch of a subscription":    {logs, wantLogs},
		"a subscription to a delivery": {`{"records":[{"recordId":"r1","approximateArrivalTimestamp":1772632801500,"data":"` + packedText(logs) + `"}]}`, wantLogs},
		"log events of the command": {`{"events":[{"logStreamName":"s","timestamp":1772632800123,"message":"one\n","ingestionTime":1772632800999,"eventId":"37"},{"logStreamName":"s","timestamp":1772632800124,"message":"two","ingestionTime":1772632800999,"eventId":"38"}],"searchedLogStreams":[]}` +
			`{"events":[{"timestamp":1772632800125,"message":"same","ingestionTime":1},{"timestamp":1772632800125,"message":"same","ingestionTime":1}],"nextForwardToken":"f/1"}`,
			"2026-03-04T14:00:00.123Z log|||one\n2026-03-04T14:00:00.124Z log|||two\n2026-03-04T14:00:00.125Z log|||same\n2026-03-04T14:00:00.125Z log|||same\n"},
		"results of a query": {`{"results":[[{"field":"@timestamp","value":"2026-03-04 14:00:00.123"},{"field":"@message","value":"ERROR boom"},{"field":"@log","value":"1:orders"},{"field":"@ptr","value":"Cl"}],[{"field":"bin(5m)","value":"2026-03-04 14:05:00.000"},{"field":"n","value":"31"}]],"statistics":{"recordsMatched":2.0},"status":"Complete"}`,
			"2026-03-04T14:00:00.123Z signal||1:orders|ERROR boom\n2026-03-04T14:05:00Z metric|||n: 31\n"},
		"the history of an alarm": {`{"AlarmHistoryItems":[{"AlarmName":"depth","AlarmType":"MetricAlarm","Timestamp":"2026-03-04T14:00:00.123000+00:00","HistoryItemType":"StateUpdate","HistorySummary":"Alarm updated from OK to ALARM","HistoryData":` + jsonText(`{"oldState":{"stateValue":"OK"},"newState":{"stateValue":"ALARM","stateReason":"deep"}}`) + `},` +
			`{"AlarmName":"depth","Timestamp":1772632800.5,"HistoryItemType":"Action","HistorySummary":"Successfully executed action x"},{"AlarmName":"depth","Timestamp":"2026-03-04T13:00:00Z","HistoryItemType":"ConfigurationUpdate","HistorySummary":"Alarm updated"}]}`,
			"2026-03-04T14:00:00.123Z alert||depth|depth: OK → ALARM\n2026-03-04T14:00:00.5Z page||depth|depth: Successfully executed action x\n2026-03-04T13:00:00Z change||depth|depth: Alarm updated\n"},
		"alarms of the command": {`{"MetricAlarms":[{"AlarmName":"depth","AlarmArn":"arn:x","StateValue":"ALARM","StateReason":"deep","StateUpdatedTimestamp":"2026-03-04T14:00:00.123000+00:00","Namespace":"AWS/SQS"}],"CompositeAlarms":[]}`, "2026-03-04T14:00:00.123Z alert||AWS/SQS|depth: ALARM\n"},
		"a trail": {`{"Records":[` + call + `,{"eventVersion":"1.08","userIdentity":{"type":"IAMUser","userName":"grace"},"eventTime":"2026-03-04T14:00:01Z","eventSource":"ecs.amazonaws.com","eventName":"DeleteService","errorCode":"AccessDenied","eventID":"c2"}]}`,
			"2026-03-04T14:00:00Z change|ada|ecs|UpdateService\n2026-03-04T14:00:01Z change|grace|ecs|DeleteService: AccessDenied\n"},
		"events looked up": {`{"Events":[{"EventId":"c1","EventName":"UpdateService","ReadOnly":"false","EventTime":"2026-03-04T15:00:00+01:00","EventSource":"ecs.amazonaws.com","Username":"ada","Resources":[],"CloudTrailEvent":` + jsonText(call) + `}]}`, "2026-03-04T14:00:00Z change|ada|ecs|UpdateService\n"},
	} {
		t.Run(name, func(t *testing.T) { wantSource(t, "aws", c.text, c.want) })
	}
}

func TestAWSRefusals(t *testing.T) {
	wantRefused(t, "aws", `{"awslogs":{"data":"%%%"}}{"awslogs":{"data":"H4sIAAAA"}}{"awslogs":{"data":"`+packedText(`{"a":1}`)+`"}}{"awslogs":{"data":"`+packedText(strings.Repeat(" ", awsUnpackLimit+1))+`"}}`,
		"not base64", "not gzip", "no log events", "more than 32 MB")
	wantRefused(t, "aws", `{"results":[[{"field":"count","value":"3"}]],"statistics":{},"status":"Complete"}`, "no time")
	wantRefused(t, "aws", `{"detail-type":"x","detail":{},"id":"1","source":"s"}{"Records":[{"a":1}]}`, "no time", "none of the AWS records")
}

func FuzzAWS(f *testing.F) {
	fuzzSource(f, "aws", "x.json", `{"Records":[{"Sns":{"TopicArn":"arn:a:b","Message":`+jsonText(awsAlarm)+`,"Timestamp":"2026-03-04T14:00:01Z"}}]}`, bus("aws.ecs", "ECS Task State Change", `{"group":"service:orders","lastStatus":"STOPPED"}`),
		`{"awslogs":{"data":"`+packedText(`{"logEvents":[{"id":"1","timestamp":1772632800123,"message":"m"}]}`)+`"}}`, `{"results":[[{"field":"@timestamp","value":"2026-03-04 14:00:00.123"}]],"status":"Complete"}`,
		`{"AlarmHistoryItems":[{"AlarmName":"a","Timestamp":1772632800.5,"HistoryItemType":"StateUpdate"}]}`, `{"Events":[{"EventTime":"2026-03-04T14:00:00Z","EventName":"x","CloudTrailEvent":"{}"}]}`)
}
